package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.transfer.ImportPlaces.Place;
import java.util.UUID;

/**
 * An import: for whom, how, and in whose place.
 *
 * @param id by which it finds its marks
 * @param place is given up when the client leaves
 */
record ImportTask(UUID id, Caller caller, ImportOptions options, Place place) {}
