package dev.gantry.monitoring.usage;

/** What is used at a time. */
public record Rate(long nanoCores, long memoryBytes) {
    static final Rate NONE = new Rate(0, 0);

    public Rate plus(Rate other) {
        return new Rate(nanoCores + other.nanoCores, memoryBytes + other.memoryBytes);
    }
}
