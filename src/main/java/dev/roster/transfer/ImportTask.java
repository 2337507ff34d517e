package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.transfer.ImportPlaces.Place;

/**
 * An import: for whom, how, and in whose place.
 *
 * @param place is given up when the client leaves
 */
record ImportTask(Caller caller, ImportOptions options, Place place) {}
