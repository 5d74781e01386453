package uz.ksb.pos.simulator.shop;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A small grocery, the same at each start: 300 to 100,000 products in ten groups with Uzbek and Russian names, and 60 to
 * 20,000 customers.
 *
 * <p>Goods by weight have a five-digit article, which stands in the code of the scales' labels. The products are made
 * when they are asked for, so that a large shop needs no memory.
 */
public final class Grocery implements Products {

    public static final String KSB_ID = "10000001";
    public static final int MIN_PRODUCTS = 300;
    public static final int MAX_PRODUCTS = 100_000;
    public static final int DEFAULT_CUSTOMERS = 60;
    private static final int MAX_CUSTOMERS = 20_000;

    private record Group(String unit, int cheapest, List<String> names, List<String> sorts) {}

    private static final int PER_GROUP = 30;
    private static final String PRODUCT_ID_TAIL = "-5a0b-4000-8000-000000000000";

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "kg",
                    6_000,
                    List.of("Olma", "Pomidor", "Bodring", "Kartoshka", "Sabzi", "Piyoz"),
                    List.of("mahalliy", "1-nav", "2-nav", "qizil", "issiqxona")),
            new Group(
                    "kg",
                    45_000,
                    List.of("Mol go'shti", "Qo'y go'shti", "Tovuq filesi", "Kolbasa «Докторская»", "Сосиски", "Qazi"),
                    List.of("yangi", "sovutilgan", "muzlatilgan", "premium", "qiyma")),
            new Group(
                    "kg",
                    9_000,
                    List.of("Guruch «Lazer»", "Guruch «Devzira»", "No'xat", "Mosh", "Гречка", "Shakar"),
                    List.of("1-nav", "oliy nav", "Xorazm", "Toshkent", "qop")),
            new Group(
                    "litr",
                    9_500,
                    List.of("Sut", "Kefir", "Ряженка", "Ayron", "Qatiq", "Сливки"),
                    List.of("1%", "2,5%", "3,2%", "«Nestle»", "«Musaffo»")),
            new Group(
                    "litr",
                    8_000,
                    List.of("Paxta yog'i", "Kungaboqar yog'i", "Сок яблочный", "Sharbat anor", "Kvas", "Suv gazsiz"),
                    List.of("0,5 l", "1 l", "1,5 l", "2 l", "5 l")),
            new Group(
                    "dona",
                    3_000,
                    List.of("Non «Buxanka»", "Patir", "Somsa", "Лаваш", "Bulochka", "Батон «Нарезной»"),
                    List.of("kichik", "o'rta", "katta", "kunjutli", "issiq")),
            new Group(
                    "dona",
                    5_500,
                    List.of(
                            "Shokolad «Alpen Gold»",
                            "Печенье «Юбилейное»",
                            "Halva",
                            "Konfet «Мишка»",
                            "Vafli",
                            "Saqich"),
                    List.of("50 g", "90 g", "200 g", "300 g", "1 kg")),
            new Group(
                    "dona",
                    12_000,
                    List.of("Choy ko'k №95", "Choy qora", "Кофе «Nescafe»", "Kakao", "Sirop", "Limonad"),
                    List.of("50 g", "100 g", "250 g", "500 g", "sovg'a")),
            new Group(
                    "dona",
                    7_000,
                    List.of("Sovun", "Шампунь", "Tish pastasi", "Kir kukuni", "Салфетки", "Idish yuvish vositasi"),
                    List.of("mini", "100 ml", "250 ml", "500 ml", "1 l")),
            new Group(
                    "dona",
                    2_500,
                    List.of("Daftar", "Ручка шариковая", "Gugurt", "Batareyka AA", "Лампочка LED", "Paket"),
                    List.of("1 dona", "2 dona", "5 dona", "10 dona", "to'plam")));

    private static final List<String> MEN = List.of("Aziz", "Jasur", "Sherzod", "Otabek", "Рустам", "Тимур");
    private static final List<String> WOMEN = List.of("Dilnoza", "Gulnora", "Malika", "Nodira", "Ольга", "Зухра");
    private static final List<String> FAMILIES = List.of("Karimov", "Yusupov", "To'rayev", "Saidov", "Olimov");
    private static final List<String> FAMILIES_CYRILLIC = List.of("Каримов", "Юсупов", "Иванов", "Саидов", "Смирнов");

    private final int size;
    private final int customers;

    /**
     * @param size how many products, {@value #MIN_PRODUCTS} to {@value #MAX_PRODUCTS}
     * @param customers how many, {@value #DEFAULT_CUSTOMERS} to {@value #MAX_CUSTOMERS}
     */
    public Grocery(int size, int customers) {
        requireBetween(MIN_PRODUCTS, MAX_PRODUCTS, "products", size);
        requireBetween(DEFAULT_CUSTOMERS, MAX_CUSTOMERS, "customers", customers);
        this.size = size;
        this.customers = customers;
    }

    private static void requireBetween(int least, int most, String kind, int wanted) {
        if (wanted < least || wanted > most) {
            throw new IllegalArgumentException(
                    "The sample shop has %d to %d %s, not %d".formatted(least, most, kind, wanted));
        }
    }

    public Shop shop() {
        List<Reference.Currency> currencies = List.of(
                new Reference.Currency("UZS", "O'zbek so'mi", BigDecimal.ONE),
                new Reference.Currency("USD", "AQSh dollari", new BigDecimal("12650")));
        return new Shop(
                KSB_ID,
                "Namuna do'koni",
                "+998712000001",
                Shop.LICENCE_UNTIL,
                Reference.ofSample(currencies),
                Shop.USERS,
                this,
                IntStream.rangeClosed(1, customers).mapToObj(Grocery::customer).toList());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Product at(int place) {
        int inRound = place % (GROUPS.size() * PER_GROUP);
        int round = place / (GROUPS.size() * PER_GROUP) + 1;
        Group group = GROUPS.get(inRound / PER_GROUP);
        int number = place + 1;
        boolean weighed = group.unit().equals("kg");
        return new Product(
                id(number),
                name(group, inRound % PER_GROUP, round),
                (weighed ? "%05d" : "A-%05d").formatted(number),
                group.unit(),
                "UZS",
                List.of(ean13(weighed ? "20%05d00000".formatted(number) : Long.toString(478_001_700_000L + number))),
                weighed ? 1 : 12,
                prices(group.cheapest() + number * 731 % 97 * 250),
                stock(40 + number * 37 % 160, 200 + number * 53 % 800),
                false,
                false,
                null);
    }

    @Override
    public OptionalInt placeOf(String id) {
        if (!id.matches("[0-9]{8}" + PRODUCT_ID_TAIL)) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(id.substring(0, 8));
        return number >= 1 && number <= size ? OptionalInt.of(number - 1) : OptionalInt.empty();
    }

    private static String id(int number) {
        return "%08d".formatted(number) + PRODUCT_ID_TAIL;
    }

    private static String name(Group group, int place, int round) {
        String name = group.names().get(place / group.sorts().size()) + " "
                + group.sorts().get(place % group.sorts().size());
        return round == 1 ? name : name + " №" + round;
    }

    private static Map<String, BigDecimal> prices(int retail) {
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        prices.put("chakana", BigDecimal.valueOf(retail));
        prices.put("ulgurji", BigDecimal.valueOf(retail * 9 / 10));
        return prices;
    }

    private static Map<String, BigDecimal> stock(int main, int second) {
        Map<String, BigDecimal> stock = new LinkedHashMap<>();
        stock.put("asosiy", BigDecimal.valueOf(main));
        stock.put("ombor-2", BigDecimal.valueOf(second));
        return stock;
    }

    /** Every third one owes, every fifth one has credit, and every fifteenth both, in two currencies. */
    private static Customer customer(int number) {
        Map<String, BigDecimal> balances = new LinkedHashMap<>();
        if (number % 3 == 0) {
            balances.put("UZS", BigDecimal.valueOf(-25_000L * number));
        }
        if (number % 5 == 0) {
            balances.put(number % 3 == 0 ? "USD" : "UZS", BigDecimal.valueOf(10L * number));
        }
        return new Customer(
                "%08d-c057-4000-8000-000000000000".formatted(number),
                customerName((number - 1) % DEFAULT_CUSTOMERS)
                        + (number <= DEFAULT_CUSTOMERS ? "" : " №" + ((number - 1) / DEFAULT_CUSTOMERS + 1)),
                "+99890%07d".formatted(1_234_500 + number),
                balances);
    }

    private static String customerName(int place) {
        boolean woman = place % 2 == 1;
        int first = place / 2 % MEN.size();
        String name = (woman ? WOMEN : MEN).get(first);
        String family = (first < 4 ? FAMILIES : FAMILIES_CYRILLIC).get(place / 2 / MEN.size());
        return name + " " + family + (woman ? first < 4 ? "a" : "а" : "");
    }

    /** Twelve digits and their check digit (GS1: from the right, digits weigh 3 and 1 in turn). */
    public static String ean13(String digits) {
        int sum = 0;
        for (int place = 0; place < digits.length(); place++) {
            sum += (digits.charAt(place) - '0') * (place % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }
}
