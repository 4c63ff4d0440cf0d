package dev.gantry.controller.lifecycle.protection;

import dev.gantry.model.meta.Resource;

/** An object that a finalizer protects, and whether somebody uses it. */
public record ProtectionView(Resource object, boolean isUsed) {}
