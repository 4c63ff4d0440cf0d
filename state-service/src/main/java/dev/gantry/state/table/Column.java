package dev.gantry.state.table;

/**
 * One column.
 *
 * @param priority 0 is always shown, 1 only with {@code -o wide}
 */
public record Column(String name, String type, String format, String description, int priority) {
    public static final Column NAME =
            new Column("Name", "string", "name", "The name, unique within its namespace.", 0);
    public static final Column AGE = text("Age", "How long ago the object was created.");

    public static Column text(String name, String description) {
        return new Column(name, "string", "", description, 0);
    }

    public static Column number(String name, String description) {
        return new Column(name, "integer", "", description, 0);
    }

    public static Column flag(String name, String description) {
        return new Column(name, "boolean", "", description, 0);
    }

    public static Column wide(String name, String description) {
        return new Column(name, "string", "", description, 1);
    }
}
