package dev.gantry.agent.edge;

/** Takes what is worth telling a person. Never blocks, and may drop under pressure. */
public interface EventSink {
    void record(PodEvent event);
}
