package dev.gantry.agent.dns;

import java.util.List;

/** What the cluster's zone says to a question. */
public sealed interface Answer {
    /** The name exists; no records means that it has none of this type. */
    record Records(List<Entry> answers, List<Entry> additional) implements Answer {}

    /** The name is another one's, outside of the zone. */
    record Alias(Entry entry, String target) implements Answer {}

    record NoSuchName() implements Answer {}

    /** The name is not of the zone. */
    record NotOurs() implements Answer {}

    /**
     * One resource record.
     *
     * @param name absolute, with a last dot
     * @param content as a zone file would have it
     */
    record Entry(String name, Type type, String content) {}

    /** The types that the zone has records of. */
    enum Type {
        A,
        AAAA,
        SRV,
        PTR,
        CNAME,
        TXT,
        SOA,
        NS,
        /** A type that no name of ours has. */
        OTHER
    }
}
