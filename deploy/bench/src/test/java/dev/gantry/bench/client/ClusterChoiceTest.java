package dev.gantry.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.bench.client.ClusterChoice.Address;
import dev.gantry.bench.client.ClusterChoice.ContextOf;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ClusterChoiceTest {
    private static final Path FILE = Path.of("config");
    private static final Optional<Path> LOCAL = Optional.of(Path.of("local"));

    @Test
    void isTheOrdinaryOneWhereNoneIsNamed() {
        assertThat(ClusterChoice.of(List.of(), List.of(), List.of(), LOCAL))
                .containsExactly(new ContextOf(Path.of("local")));
    }

    @Test
    void givesEachAddressItsOwnToken() {
        assertThat(ClusterChoice.of(List.of("A", "B"), List.of("TA", "TB"), List.of(), LOCAL))
                .containsExactly(new Address("A", "TA"), new Address("B", "TB"));
    }

    @Test
    void comparesAFileWithAnAddress() {
        assertThat(ClusterChoice.of(List.of("B"), List.of("TB"), List.of(FILE), LOCAL))
                .containsExactly(new ContextOf(FILE), new Address("B", "TB"));
    }

    @Test
    void refusesAnAddressWithoutItsToken() {
        assertThatThrownBy(
                        () -> ClusterChoice.of(List.of("A", "B"), List.of("T"), List.of(), LOCAL))
                .hasMessageContaining("each --url needs a --token of its own");
    }

    @Test
    void refusesMoreThanTwo() {
        assertThatThrownBy(
                        () ->
                                ClusterChoice.of(
                                        List.of("A", "B"), List.of("T", "U"), List.of(FILE), LOCAL))
                .hasMessage("3 clusters are named, at most 2 can be compared");
    }

    @Test
    void asksForAClusterWhereThereIsNone() {
        assertThatThrownBy(
                        () -> ClusterChoice.of(List.of(), List.of(), List.of(), Optional.empty()))
                .hasMessageStartingWith("which cluster?");
    }

    @Test
    void takesOptionsInTheOrderTheyAreGivenIn() throws Exception {
        var target = new Target();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(target))
                .parseArgs(
                        "--url",
                        "https://a:1",
                        "--token",
                        "TA",
                        "--url",
                        "https://b",
                        "--token",
                        "TB");

        assertThat(target.clusters()).extracting(Cluster::host).containsExactly("a", "b");
        assertThat(target.clusters()).extracting(Cluster::port).containsExactly(1, 443);
        assertThatThrownBy(target::only).hasMessageContaining("one cluster at a time");
    }
}
