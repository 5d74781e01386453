package uz.ksb.pos.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import uz.ksb.pos.local.replay.ReplayCommand;
import uz.ksb.pos.local.simulator.SimulatorCommand;
import uz.ksb.pos.local.totals.TotalsCommand;
import uz.ksb.pos.local.up.TrainCommand;
import uz.ksb.pos.local.up.UpCommand;

/** The entry of all sub-commands. */
@Command(
        name = "pos",
        description = "KSB POS on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            TrainCommand.class,
            ReplayCommand.class,
            TotalsCommand.class,
            SimulatorCommand.class
        })
public final class Pos {

    private Pos() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Pos())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("pos: " + message(failure));
                    return 1;
                })
                .execute(arguments));
    }

    private static String message(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
