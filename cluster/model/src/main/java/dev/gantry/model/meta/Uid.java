package dev.gantry.model.meta;

/** The identity of one life of an object: a namesake made later has another. */
public record Uid(String value) implements Comparable<Uid> {
    @Override
    public int compareTo(Uid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
