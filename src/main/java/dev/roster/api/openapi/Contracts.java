package dev.roster.api.openapi;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** What {@link Contract} says about the packages of the service. */
final class Contracts {
    private final IndexView index;

    Contracts(IndexView index) {
        this.index = index;
    }

    /** The contract that a resource method serves; empty for one of none. */
    Optional<AnnotationInstance> of(MethodInfo method) {
        String resources = method.declaringClass().name().packagePrefix();
        return all().stream().filter(contract -> name(contract).equals(resources)).findFirst();
    }

    List<Tag> tags() {
        return all().stream()
                .map(
                        contract ->
                                OASFactory.createTag()
                                        .name(contract.value("name").asString())
                                        .description(contract.value("description").asString()))
                .toList();
    }

    /** The value of a member, or its default. */
    String value(AnnotationInstance contract, String member) {
        return contract.valueWithDefault(index, member).asString();
    }

    /** The contracts by the names of their packages. */
    List<AnnotationInstance> all() {
        return index.getAnnotations(Contract.class).stream()
                .sorted(java.util.Comparator.comparing(Contracts::name))
                .toList();
    }

    private static String name(AnnotationInstance contract) {
        return contract.target().asClass().name().packagePrefix();
    }
}
