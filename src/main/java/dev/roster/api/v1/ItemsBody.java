package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.platform.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A list.
 *
 * @param nextCursor where the next page starts; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ItemsBody<T>(List<T> items, String nextCursor) {
    static <T> ItemsBody<T> of(Page<T> page) {
        return new ItemsBody<>(page.items(), page.next());
    }
}
