package dev.gantry.cli.remedy;

/** One change that takes an rejection away. */
public sealed interface Remedy permits PodRemedy, NodeRemedy, StorageRemedy {
    /** Continues the words "fits on node-3 if". */
    String text();

    /** Equal for remedies that differ in their amount or their node only: one of them is told. */
    String alike();

    /** How much it asks of people: a small change weighs 10, more of the same weighs more. */
    double weight();
}
