package dev.gantry.agent.runtime;

/** Which streams a client of exec or attach wants. A terminal has no stderr of its own. */
public record StreamOptions(boolean isTty, boolean stdin, boolean stdout, boolean stderr) {}
