package dev.gantry.controller.storage.ephemeralvolume;

import dev.gantry.model.meta.Resource;
import java.util.SortedMap;

/** A pod, and the claims that have the names of its ephemeral volumes' claims. */
record EphemeralVolumeView(Resource pod, SortedMap<String, Resource> claims) {}
