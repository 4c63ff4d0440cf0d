package dev.gantry.model.selector;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the text of a label selector into words and operators.
 *
 * <p>Compat: the lexer of apimachinery's {@code labels} package.
 */
final class LabelTokens {
    private static final String SPECIAL = "=!(),><";

    private final List<Token> tokens;
    private int at;

    enum Kind {
        WORD,
        SYMBOL,
        END
    }

    /** {@code in} and {@code notin} are words: only where an operator stands are they more. */
    record Token(Kind kind, String text) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean isWord() {
            return kind == Kind.WORD;
        }

        boolean isEnd() {
            return kind == Kind.END;
        }
    }

    private LabelTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    static LabelTokens of(String text) {
        List<Token> found = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            char first = text.charAt(start);
            if (isSpace(first)) {
                start++;
            } else if (isSpecial(first)) {
                Token symbol = symbol(text, start);
                found.add(symbol);
                start += symbol.text.length();
            } else {
                int end = endOfWord(text, start);
                found.add(new Token(Kind.WORD, text.substring(start, end)));
                start = end;
            }
        }
        found.add(new Token(Kind.END, ""));
        return new LabelTokens(found);
    }

    /** The end stays where it is. */
    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    Token peek() {
        return tokens.get(at);
    }

    private static Token symbol(String text, int start) {
        boolean isDouble = text.startsWith("==", start) || text.startsWith("!=", start);
        return new Token(Kind.SYMBOL, text.substring(start, start + (isDouble ? 2 : 1)));
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && !isSpace(text.charAt(end)) && !isSpecial(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char each) {
        return each == ' ' || each == '\t' || each == '\r' || each == '\n';
    }

    private static boolean isSpecial(char each) {
        return SPECIAL.indexOf(each) >= 0;
    }
}
