package dev.roster.group;

import dev.roster.user.GroupSummary;
import dev.roster.user.UserView;

/** A group, and an account that is in it now. */
public record JoinedGroup(GroupSummary group, UserView account) {}
