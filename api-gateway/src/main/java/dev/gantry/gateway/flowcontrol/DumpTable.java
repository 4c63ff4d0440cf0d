package dev.gantry.gateway.flowcontrol;

import java.util.List;

/** Rows of text with commas between the cells, in columns. Compat: as Go's tabwriter makes them. */
public final class DumpTable {
    private static final int LEAST_WIDTH = 8;

    private DumpTable() {}

    /**
     * @param rows all as long as the first
     */
    public static String text(List<List<String>> rows) {
        int last = rows.getFirst().size() - 1;
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < last; column++) {
                String cell = row.get(column) + ",";
                text.append(cell).append(" ".repeat(width(rows, column) - cell.length()));
            }
            text.append(row.get(last)).append('\n');
        }
        return text.toString();
    }

    /** With the comma and a space. */
    private static int width(List<List<String>> rows, int column) {
        int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(LEAST_WIDTH, widest + 2);
    }
}
