package dev.gantry.state.shell.postgres;

import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StateLogContract;
import dev.gantry.testkit.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresLogTest implements StateLogContract {
    private RunningLog running;

    @BeforeEach
    void start() {
        running = RunningLog.leading(TestPostgres.freshDatabase());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Override
    public StateLog log() {
        return running.log;
    }
}
