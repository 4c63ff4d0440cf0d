package dev.gantry.testkit.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What no file holds: unfinished or dead text, waiting by sleeping, hidden wiring. */
public final class FileRules {
    private static final Map<String, Pattern> BANNED_TEXT =
            new TreeMap<>(
                    Map.of(
                            "unfinished work without the number of an issue",
                            Pattern.compile(
                                    "(?://|^\\s*\\*)[^\"]*\\b(?:TODO|FIXME|XXX)\\b(?!\\s*\\(?#\\d+)"),
                            "a banner",
                            Pattern.compile("//\\s*[-=*#~]{4,}"),
                            "commented-out code",
                            Pattern.compile("^\\s*//.*(\\);|[{}]|\\w = .*;)\\s*$"),
                            "an @author",
                            Pattern.compile("^\\s*\\*\\s*@author\\b")));
    private static final List<String> BANNED_IMPORTS =
            List.of("lombok.", "org.aspectj.", "org.mockito.");
    private static final Set<String> INJECTIONS =
            Set.of("Autowired", "Inject", "Resource", "Value");

    private FileRules() {}

    public static List<String> untidy(JavaSource source) {
        List<String> found = new ArrayList<>();
        List<String> lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            for (var rule : BANNED_TEXT.entrySet()) {
                if (rule.getValue().matcher(lines.get(i)).find()) {
                    found.add(source.at(i + 1) + rule.getKey());
                }
            }
        }
        new BannedCode(source, found).scan(source.unit(), null);
        return found;
    }

    private static final class BannedCode extends TreeScanner<Void, Void> {
        private final JavaSource source;
        private final List<String> found;

        BannedCode(JavaSource source, List<String> found) {
            this.source = source;
            this.found = found;
        }

        @Override
        public Void visitImport(ImportTree tree, Void unused) {
            String name = tree.getQualifiedIdentifier().toString();
            if (BANNED_IMPORTS.stream().anyMatch(name::startsWith)) {
                found.add(source.at(tree) + name + " is not used here");
            }
            return null;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
            if (tree.toString().equals("Thread.sleep")) {
                found.add(source.at(tree) + "waits by sleeping");
            }
            return super.visitMemberSelect(tree, unused);
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            for (Tree member : type.getMembers()) {
                if (member instanceof VariableTree field && isInjected(field)) {
                    found.add(source.at(field) + "a field is injected: use the constructor");
                }
            }
            return super.visitClass(type, unused);
        }

        private static boolean isInjected(VariableTree field) {
            return field.getModifiers().getAnnotations().stream()
                    .anyMatch(each -> INJECTIONS.contains(each.getAnnotationType().toString()));
        }
    }
}
