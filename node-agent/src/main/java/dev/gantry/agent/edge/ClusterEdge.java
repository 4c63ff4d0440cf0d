package dev.gantry.agent.edge;

/** All of the cluster that the pods' half of an agent deals with. */
public record ClusterEdge(ClusterObjects objects, StatusSink reports, EventSink events) {}
