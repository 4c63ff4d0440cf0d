package dev.gantry.state.codec.json;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A whole text for the YAML scanner.
 *
 * <p>Cost: the library's own reader copies what it looks at for each further kilobyte of a token,
 * so that one scalar of 2 MB had 15 GB allocated.
 */
final class CodePoints extends StreamReader {
    private static final String NAME = "'reader'";

    private final int[] text;
    private int at;
    private int line;
    private int column;
    private int inDocument;

    CodePoints(int[] text) {
        super("");
        this.text = text;
        for (int i = 0; i < text.length; i++) {
            if (!isPrintable(text[i])) {
                throw new ReaderException(NAME, i, text[i], "special characters are not allowed");
            }
        }
    }

    @Override
    public Mark getMark() {
        return new Mark(NAME, at, line, column, text, at);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && at < text.length; i++) {
            int passed = text[at++];
            inDocument++;
            boolean isLineBreak =
                    passed == '\n'
                            || passed == 0x85
                            || passed == 0x2028
                            || passed == 0x2029
                            || passed == '\r' && at < text.length && text[at] != '\n';
            if (isLineBreak) {
                line++;
                column = 0;
            } else if (passed != 0xFEFF) {
                column++;
            }
        }
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : 0;
    }

    @Override
    public String prefix(int length) {
        return new String(text, at, Math.min(length, text.length - at));
    }

    /** Never over a line break. */
    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        at += length;
        inDocument += length;
        column += length;
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return inDocument;
    }

    @Override
    public void resetDocumentIndex() {
        inDocument = 0;
    }

    @Override
    public int getIndex() {
        return at;
    }

    @Override
    public int getLine() {
        return line;
    }
}
