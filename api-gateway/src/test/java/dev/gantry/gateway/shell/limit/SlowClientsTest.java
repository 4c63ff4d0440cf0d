package dev.gantry.gateway.shell.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
    private final SlowClients clients = new SlowClients();

    @Test
    void aSlowOneHasAMinute() {
        EmbeddedChannel slow = stalled();
        assertThat(clients.count()).isEqualTo(1);
        pass(slow, 59);
        assertThat(slow.isOpen()).isTrue();
        pass(slow, 2);
        assertThat(slow.isOpen()).isFalse();
        assertThat(clients.count()).isZero();
    }

    @Test
    void whoTakesSomethingHasAnotherMinute() {
        EmbeddedChannel slow = stalled();
        pass(slow, 50);
        slow.flush();
        slow.runPendingTasks();
        assertThat(clients.count()).isZero();
        slow.write(Unpooled.wrappedBuffer(new byte[1000]));
        pass(slow, 50);
        assertThat(slow.isOpen()).isTrue();
        pass(slow, 20);
        assertThat(slow.isOpen()).isFalse();
    }

    @Test
    void manyAtOnceHaveSeconds() {
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int i = 0; i < 201; i++) {
            all.add(stalled());
        }
        pass(all.getFirst(), 6);
        assertThat(all.getFirst().isOpen()).isFalse();
        // Now there are no longer too many.
        pass(all.getLast(), 6);
        assertThat(all.getLast().isOpen()).isTrue();
    }

    private EmbeddedChannel stalled() {
        var channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.config()
                .setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(8, 16));
        clients.mind(channel);
        channel.write(Unpooled.wrappedBuffer(new byte[1000]));
        channel.runPendingTasks();
        return channel;
    }

    private static void pass(EmbeddedChannel channel, int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }
}
