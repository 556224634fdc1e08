package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitService;
import dev.versicle.prompt.Wire;
import dev.versicle.storage.Quarantine;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;

/** Takes in Git clients' pushes: checks what comes, and hands the commands on to be judged. */
final class Reception {
    private final Workshop shop;
    private final Repository git;

    Reception(Workshop shop, Repository git) {
        this.shop = shop;
        this.git = git;
    }

    void advertise(Wire wire, Caller to) throws IOException {
        PacketLineOut out = new PacketLineOut(wire.out());
        out.writeString("# service=" + GitService.RECEIVE_PACK.text() + "\n");
        out.end();
        pack(git, wire).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
        wire.out().flush();
    }

    void receive(Wire wire, Caller by, Consumer<Push> judge) throws IOException {
        try (Quarantine apart = shop.repositories().quarantine(git, PackScan::check)) {
            ReceivePack pack = pack(apart.repository(), wire);
            pack.setPreReceiveHook((receiving, commands) ->
                    judge.accept(new Push(List.copyOf(commands), receiving.isAtomic(), apart, receiving::sendMessage)));
            pack.receiveWithExceptionPropagation(wire.in(), wire.out(), null);
            wire.out().flush();
        }
    }

    private static ReceivePack pack(Repository into, Wire wire) {
        ReceivePack pack = new ReceivePack(into);
        pack.setBiDirectionalPipe(false);
        pack.setAtomic(true);
        pack.setAllowNonFastForwards(true);
        pack.setObjectChecker(new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true));
        pack.setMaxObjectSizeLimit(wire.limits().objectBytes());
        pack.setMaxPackSizeLimit(wire.limits().packBytes());
        return pack;
    }
}
