package dev.roster.web;

import dev.roster.caller.Brand;

/**
 * What every page shows or sends back.
 *
 * @param language as in {@code lang}
 * @param brand of a page that belongs to no organization
 * @param formToken what each form has to bring back
 */
public record PageFrame(String language, Brand brand, String formToken) {

    /** Where the style sheet is. */
    public String style() {
        return Style.PATH;
    }
}
