package dev.gantry.model.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeletRightsTest {
    @ParameterizedTest
    @CsvSource({
        "metrics, metrics",
        "stats, stats",
        "logs, log",
        "checkpoint, checkpoint",
        "statusz, statusz",
        "flagz, configz",
        "pods, pods proxy",
        "runningpods, pods proxy",
        "healthz, healthz proxy",
        "configz, configz proxy",
        "exec, proxy",
        "attach, proxy",
        "portForward, proxy",
        "containerLogs, proxy",
        "localVolumes, proxy",
        "Metrics, proxy",
        "'', proxy"
    })
    void eachPathHasASubresourceAndSomeHaveALesserOne(String first, String subresources) {
        assertThat(String.join(" ", KubeletRights.subresources(first))).isEqualTo(subresources);
    }
}
