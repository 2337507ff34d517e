package dev.roster.platform.http;

/** In which order a request passes what looks at every one, before any route of the framework. */
public final class RouteOrder {
    /** What all that follows relies on: the address of the caller, the headers of every answer, the end of a connection. */
    public static final int FIRST = Integer.MIN_VALUE;

    /** The identifier of the request, so that no refusal is without one; it may ask for the address. */
    public static final int NAMES = FIRST + 1;

    /** The rules of requests, before the limits of the server too. */
    public static final int RULES = FIRST + 2;

    /** Of requests that keep the rules: looking for the route of a malformed path ends a request without a body. */
    public static final int CROSS_ORIGIN = FIRST + 3;

    /** Behind the rules, which count the parameters of a query, and before whatever reads one. */
    public static final int QUERY = FIRST + 4;

    /** Behind the rules, which measure what has come, and before whatever chooses by it. */
    public static final int TYPES = FIRST + 5;

    /** Behind files, whose bytes all answers share, and before resources, whose answers have their own. */
    public static final int OWN_ANSWERS = 0;

    private RouteOrder() {}
}
