package dev.roster.user;

/**
 * How far a list is walked in its order for accounts that are in no index of that order, before all who fit are taken instead.
 *
 * @param window how many accounts are looked at first
 * @param widest how many at most, in wider and wider windows
 * @param isSet whether the members of the group are few enough to have them in a set
 * @param beginsWithSet whether the set is cheaper already for as many accounts as are passed where members lie evenly
 */
record OrderWalk(int window, long widest, boolean isSet, boolean beginsWithSet) {
    // How many times as many as are asked for are looked at, where it is not known how many fit
    private static final int NEAR = 20;

    // Where it is known, two to four times what would do if they lay evenly: powers of two, since each is a statement
    private static final int NARROWEST = 512;
    private static final int MARGIN = 4;

    // To pass an account in a walk costs a fifth of looking one up by its id; to take a member into a set a quarter of
    // looking for a membership
    private static final int CHEAPER_WALK = 5;
    private static final int WORTH_A_SET = 4;

    // What is looked at after that, and how many at most: those who begin a little later cost no sorting of a million
    private static final int WIDER = 10;
    private static final int WIDEST = 300_000;

    /** Of what a search finds. */
    static OrderWalk ofSearch(int limit) {
        return new OrderWalk(UserQuery.FEW + NEAR * limit, 0, false, false);
    }

    /** Of a group. */
    static OrderWalk ofGroup(int limit, long members, long persons) {
        long even = limit * persons / members;
        int window = Math.max(NARROWEST, Integer.highestOneBit((int) Math.min(even, WIDEST)) * MARGIN);
        long taken = members / WORTH_A_SET;
        boolean isSet = members <= UserQuery.SET && taken <= window;
        return new OrderWalk(
                window, isSet ? Math.min(WIDEST, CHEAPER_WALK * members) : WIDEST, isSet, isSet && taken <= even);
    }

    /** Whether it is cheaper than to take so many members. */
    boolean isCheaperThan(long members) {
        return window < (isSet ? widest : members);
    }

    boolean isWidest() {
        return window > widest / WIDER;
    }

    OrderWalk wider() {
        return new OrderWalk(window * WIDER, widest, isSet, isSet);
    }

    /** The statement that looks at its accounts. */
    String of(UserQuery query, int limit) {
        return (beginsWithSet ? query.withSet() : query).near(limit, window);
    }
}
