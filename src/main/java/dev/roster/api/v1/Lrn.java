package dev.roster.api.v1;

/**
 * Resource names that stay the same as long as their resource: {@code
 * lrn:roster:<organization>:<type>:<name>}.
 */
final class Lrn {
    private Lrn() {}

    static String of(String organization, String type, String name) {
        return "lrn:roster:" + organization + ":" + type + ":" + name;
    }
}
