package uz.ksb.pos.simulator.shop;

import java.math.BigDecimal;
import java.util.List;

/** Units, warehouses, price types, cash desks and currencies; the first of each is the main one. */
public record Reference(
        List<Item> units,
        List<Item> warehouses,
        List<Item> priceTypes,
        List<CashDesk> cashDesks,
        List<Currency> currencies) {

    /** An id with its name. */
    public record Item(String id, String name) {}

    /** {@code type} in the back office's words: {@code Наличные} or {@code Пластик}. */
    public record CashDesk(String id, String name, String type) {}

    /** {@code rate}: units of the main currency for one of this. */
    public record Currency(String id, String name, BigDecimal rate) {}

    /** The reference data of every sample enterprise, with its own currencies. */
    static Reference ofSample(List<Currency> currencies) {
        return new Reference(
                List.of(new Item("dona", "dona"), new Item("kg", "kg"), new Item("litr", "litr")),
                List.of(new Item("asosiy", "Asosiy ombor"), new Item("ombor-2", "Ombor 2")),
                List.of(new Item("chakana", "Chakana"), new Item("ulgurji", "Ulgurji")),
                List.of(
                        new CashDesk("naqd", "Naqd kassa", "Наличные"),
                        new CashDesk("terminal", "Terminal", "Пластик")),
                currencies);
    }
}
