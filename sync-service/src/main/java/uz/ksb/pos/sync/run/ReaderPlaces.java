package uz.ksb.pos.sync.run;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import uz.ksb.pos.platform.ksbmerp.Places;

/** The places of this replica. */
@Singleton
class ReaderPlaces {
    @Produces
    @Singleton
    Places places(SyncConfig config) {
        return new Places(config.maxReaders(), config.maxSlowReaders(), config.slowAfter(), () -> {});
    }
}
