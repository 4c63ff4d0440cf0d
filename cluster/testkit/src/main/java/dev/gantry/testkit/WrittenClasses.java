package dev.gantry.testkit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.gantry.testkit.tidy.SourceFolder;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a module whose source is its own: what a generator made is left out.
 *
 * <p>Cost: reading a module takes up to six seconds, and every rule asks for it, so the last one
 * that was read is kept while there is memory.
 */
final class WrittenClasses {
    private record Read(Path module, JavaClasses classes) {}

    private static SoftReference<@Nullable Read> last = new SoftReference<>(null);

    private WrittenClasses() {}

    static synchronized JavaClasses of(Path module) {
        Read known = last.get();
        if (known == null || !known.module().equals(module)) {
            known = new Read(module, read(module));
            last = new SoftReference<>(known);
        }
        return known.classes();
    }

    private static JavaClasses read(Path module) {
        Set<String> ours = SourceFolder.of(module).typeNames();
        return new ClassFileImporter()
                .importPath(module.resolve("target/classes"))
                .that(
                        DescribedPredicate.describe(
                                "written by hand", type -> ours.contains(outermost(type))));
    }

    private static String outermost(JavaClass type) {
        int dollar = type.getName().indexOf('$');
        return dollar < 0 ? type.getName() : type.getName().substring(0, dollar);
    }
}
