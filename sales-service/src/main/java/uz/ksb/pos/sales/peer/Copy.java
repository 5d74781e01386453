package uz.ksb.pos.sales.peer;

import io.smallrye.mutiny.Uni;

/** A copy of what another service decides. Events keep it up to date. */
public interface Copy {
    /**
     * Takes from the owner what events did not bring. An owner that is behind the copy was restored from a backup: what it says
     * counts.
     *
     * @return fails when the copy is not equal then: the comparison is tried again
     */
    Uni<Void> compare(PeerServices.Peer owners, String ksbId);
}
