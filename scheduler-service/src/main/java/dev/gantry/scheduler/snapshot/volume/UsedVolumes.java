package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Uid;

/** The volumes of one pod that takes space on a node, and the pod's namespace. */
public record UsedVolumes(Uid pod, String namespace, PodVolumes volumes) {}
