package dev.gantry.controller.storage.volumeprotection;

import dev.gantry.model.meta.Resource;

/** An object that a finalizer protects, and whether somebody uses it. */
record ProtectionView(Resource object, boolean isUsed) {}
