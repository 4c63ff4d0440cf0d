package dev.gantry.model.message;

/** A binding that the state service refused, and why: the scheduler gives the space back. */
public record RejectedBinding(Binding binding, String why) {}
