package dev.gantry.agent.runtime;

/** Who makes the cgroups of containers: systemd as units, or the runtime as folders. */
public enum CgroupDriver {
    SYSTEMD,
    CGROUPFS
}
