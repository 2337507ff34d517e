package dev.roster.platform.http;

import java.util.Set;

/** Names the paths whose body may be of any length, because it is read piece by piece. */
public interface StreamedPaths {
    Set<String> paths();
}
