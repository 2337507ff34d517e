package dev.roster.api.decube;

import dev.roster.api.QueryParameters;
import dev.roster.platform.paging.Slice;
import jakarta.ws.rs.QueryParam;
import java.util.Set;

/** The query of the list of users. */
public class DecubeListQuery {
    static final Set<String> NAMES = Set.of("page", "page_size");

    private static final int PAGE_SIZE = 10;
    private static final int MAX_PAGE_SIZE = 100;

    @QueryParam("page")
    String page;

    @QueryParam("page_size")
    String pageSize;

    Slice slice() {
        return Slice.ofPage(
                QueryParameters.number("page", page, 1, 1, Slice.MAX_PAGE),
                QueryParameters.number("page_size", pageSize, PAGE_SIZE, 1, MAX_PAGE_SIZE));
    }
}
