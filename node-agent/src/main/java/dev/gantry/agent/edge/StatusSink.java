package dev.gantry.agent.edge;

import dev.gantry.model.message.PodStatusReport;

/** Takes reports of pods. Returns at once; delivers in order, and tries until it has. */
public interface StatusSink {
    void report(PodStatusReport report);
}
