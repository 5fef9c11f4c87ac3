using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>Numbers and dates as people write them.</summary>
public sealed class TableNotationTests
{
    private const string NoBreak = "\u00A0";

    public static TheoryData<string, string, double[]> Written { get; } = new()
    {
        { "decimal commas", "n;c\n182,88;a\n53,07;b\n-7,5;a\n", [182.88, 53.07, -7.5] },
        { "thousands in quotes", "n,c\n\"17,202\",a\n\"1,234,567\",b\n950,a\n", [17202, 1234567, 950] },
        { "German thousands with decimals", "n;c\n1.234,5;a\n12.345,25;b\n7;a\n", [1234.5, 12345.25, 7] },
        { "points twice are thousands", "n;c\n1.234.567;a\n2.000;b\n", [1234567, 2000] },
        { "blanks between thousands", "n;c\n1 234;a\n12 345,5;b\n", [1234, 12345.5] },
        { "no-break blanks", $"n;c\n1{NoBreak}234;a\n{NoBreak}12\u202F345{NoBreak};b\n", [1234, 12345] },
        { "apostrophes", "n,c\n1'234.5,a\n12’345,b\n", [1234.5, 12345] },
        { "dollars", "n,c\n\"$17,202\",a\n\"-$1,000.50\",b\n$7,a\n", [17202, -1000.5, 7] },
        { "euros behind", $"n;c\n17,20 €;a\n1.000,00{NoBreak}€;b\n", [17.2, 1000] },
        { "codes of currencies", "n,c\nUSD 5,a\nUSD 7.5,b\n", [5, 7.5] },
        { "percent", "n,c\n12%,a\n7.5 %,b\n", [12, 7.5] },
        { "typographic minus", "n,c\n\u22125.5,a\n3.5,b\n", [-5.5, 3.5] },
        { "exponents with commas", "n;c\n1,5e3;a\n2,5E-1;b\n", [1500, 0.25] },
        { "a comma that no group can have", "n;c\n0,125;a\n12,345;b\n", [0.125, 12.345] },
        { "another column that shows the mark", "n;m;c\n17,202;1,5;a\n18,300;2,5;b\n", [17.202, 18.3] },
        { "plainly", "n,c\n1.234,a\n+5,b\n .5 ,a\n", [1.234, 5, 0.5] },
        { "dates", "n,c\n1970-01-02,a\n1970-01-03T12:00:00Z,b\n1970/1/1,a\n", [1, 2.5, 0] },
        { "dates with points", "n,c\n02.01.1970,a\n1.2.1970,b\n", [1, 31] },
        { "day first, as one date shows", "n,c\n02/01/1970,a\n13/01/1970,b\n", [1, 12] },
        { "month first, as one date shows", "n,c\n02/01/1970,a\n01/13/1970 6:00 PM,b\n", [31, 12.75] },
        { "months", "n,c\n1970-01,a\n1970-02,b\n", [0, 31] },
        { "months by name", "n,c\n2 Jan 1970,a\n\"January 3, 1970\",b\n04-Jan-1970,a\n", [1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Numbers_are_recognised_as_they_are_written(string what, string text, double[] expected)
    {
        var rows = Rows(text, new() { Features = ["n"], Exclude = null });

        rows.Columns[0].Categories.ShouldBeNull(what);
        rows.Features.ShouldBe(expected, what);
        rows.Warnings.ShouldBeEmpty(what);
    }

    [Fact]
    public void Numbers_to_answer_are_read_so_too()
    {
        Rows("a;y\n1;182,88\n2;53,07\n", new()
        {
            Answer = TargetKind.Numbers,
        }).Answer.Numbers.Select(value => Math.Round(value, 2)).ShouldBe([182.88, 53.07]);
        Rows("a,y\n1,\"$5,000\"\n2,\"$7,000\"\n", new()
        {
            MedianSplit = true,
        }).Answer.ClassLabels.ShouldBe(["at most 6000", "above 6000"]);
    }

    [Fact]
    public void Marks_that_nothing_shows_are_told_or_said()
    {
        const string Text = "n;c\n17,202;a\n18,300;b\n";

        Rows(Text).Warnings.ShouldHaveSingleItem().ShouldBe(
            "t.csv: column 'n' holds numbers such as '17,202', which are read with ',' between thousands; "
                + "nothing in the table shows whether that is right: say data.decimal and data.thousands.");
        Rows("n;c\n17.202;a\n950;b\n").Warnings.ShouldHaveSingleItem().ShouldContain("which are read with a decimal point");
        Rows(Text, new() { Decimal = "," }).Features.ShouldBe([17.202, 18.3]);
        Rows(Text, new() { Thousands = "," }).Features.ShouldBe([17202, 18300]);
        Rows("n;c\n17.202;a\n950;b\n", new() { Thousands = "." }).Features.ShouldBe([17202, 950]);
        Rows(Text, new() { Decimal = "," }).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Numbers_that_are_not_written_alike_are_refused_with_the_place()
    {
        Should.Throw<DataException>(() => Rows("n;c\n1,5;a\n2,5;b\n3.5;a\n")).Message.ShouldBe(
            "t.csv:4:1: column 'n' holds '3.5', but must be a number. "
                + "Its other numbers are written with decimal ','; write all of them alike, or say data.decimal and data.thousands.");
        Should.Throw<DataException>(() => Rows("n,c\n12%,a\n13%,b\n0.12,a\n")).Message
            .ShouldStartWith("t.csv:4:1: column 'n' holds '0.12'");
        Should.Throw<DataException>(() => Rows("n,c\n$5,a\n$7,b\n€9,a\n")).Message.ShouldStartWith("t.csv:4:1:");
        Should.Throw<DataException>(() => Rows("n,c\n5,a\n7,b\n3+,a\n")).Message
            .ShouldEndWith("If the column holds texts, say data.types: { n: category }.");
        Should.Throw<DataException>(() => Rows("n,c\n1.5,a\n2.5,b\nn,c\n3.5,a\n", new()
        {
            Header = true,
        })).Message.ShouldEndWith("holds 'n', but must be a number. It is the header once more; remove the line.");
        Should.Throw<DataException>(() => Rows("n,c\n1.5,a\n2.5,b\n1.234.5,a\n")).Code.ShouldBe("SC3004");
    }

    [Fact]
    public void Dates_whose_order_nothing_tells_have_to_be_said()
    {
        const string Text = "n,c\n02/01/1970,a\n03/01/1970,b\n";

        var refused = Should.Throw<DataException>(() => Rows(Text));
        (refused.Code, refused.Message).ShouldBe((
            "SC3212",
            "t.csv: column 'n' holds dates such as '02/01/1970', of which nothing tells whether the day or the month comes first; "
                + "say data.dates: { n: day-first } or month-first, or leave it out with data.exclude."));
        Rows(Text, new() { Dates = new([KeyValuePair.Create("n", DateOrder.DayFirst)]) }).Features.ShouldBe([1, 2]);
        Rows(Text, new() { Dates = new([KeyValuePair.Create("n", DateOrder.MonthFirst)]) }).Features.ShouldBe([31, 59]);
        Rows(Text, new()
        {
            Types = new([KeyValuePair.Create("n", ColumnType.Category)]),
        }).Columns[0].Categories!.Count.ShouldBe(2);
        Rows("n,c\n13/01/1970,a\n01/13/1970,b\n").Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("in different orders, and is read as categories");
        Rows("n,c\n19700102,a\n19700103,b\n", new()
        {
            Dates = new([KeyValuePair.Create("n", DateOrder.Iso)]),
        }).Features.ShouldBe([1, 2]);
        Should.Throw<DataException>(() => Rows("n,c\n1970-01-02,a\n1970-02-30,b\n1970-01-02,a\n")).Message
            .ShouldStartWith("t.csv:3:1: column 'n' holds '1970-02-30', but must be a date.");
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("12:30")]
    [InlineData("A12")]
    [InlineData("1,2,3")]
    [InlineData("--5")]
    [InlineData("$5€")]
    [InlineData("1,23,456")]
    [InlineData("192.168.0.1")]
    public void Other_texts_stay_texts(string text) => Rows($"n;c\n{text};a\n{text};b\n").Columns[0].Categories.ShouldNotBeNull();

    [Fact]
    public void Texts_that_say_nothing_of_new_rows_are_told()
    {
        var people = "Name,Sex,Survived\n" + string.Concat(
            Enumerable.Range(0, 40).Select(i => $"Person {i},{(i % 2 == 0 ? "m" : "f")},{(i % 3 == 0 ? "yes" : "no")}\n"));

        Rows(people).Warnings.ShouldHaveSingleItem().ShouldBe(
            "t.csv: column 'Name' holds 40 different texts in 40 rows, such as 'Person 0': "
                + "as categories they say nothing of new rows; leave it out with data.exclude.");
        Rows(people, new() { Exclude = ["Name"] }).Warnings.ShouldBeEmpty();
        Rows(people, new() { Types = new([KeyValuePair.Create("Name", ColumnType.Category)]) }).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Numbers_with_a_unit_behind_them_are_told() =>
        Rows("n,c\n12 kg,a\n13.5 kg,b\n7 kg,a\n").Warnings.ShouldHaveSingleItem().ShouldBe(
            "t.csv: column 'n' holds numbers with 'kg' behind them, such as '12 kg', which are read as categories; "
                + "write the numbers alone, or say data.types: { n: category }.");

    [Fact]
    public void Numbers_among_other_texts_are_told_and_gaps_are_never_categories()
    {
        Rows("n,c\n1,a\nlow,b\nlow,a\n").Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("column 'n' holds 1 numbers and 2 other texts such as 'low', and is read as categories");
        Should.Throw<DataException>(() => Rows("n,c\n?,a\n?,b\n1.5,a\n?,b\n")).Message.ShouldBe(
            "t.csv:2:1: column 'n' holds '?', but must be a number. "
                + "If it means an empty field, say data.missing and data.missingTexts: ['?'].");
        Rows("n,c\nA,a\nNA,b\nB,a\n").Warnings
            .ShouldHaveSingleItem()
            .ShouldBe("t.csv: 'NA' is read as a category: in 1 field(s) of column(s) 'n'; "
                + "if it means an empty field, say data.missing and data.missingTexts: ['NA'].");
        Rows("n,c\nmale,a\nMale ,b\nfemale,a\n").Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("'male' and 'Male', which differ only by case, blanks, signs that look alike, points");
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("?")]
    [InlineData("NaN")]
    [InlineData("null")]
    public void A_missing_answer_is_no_class(string text)
    {
        var table = $"a,c\n1,x\n2,{text}\n3,y\n4,x\n";

        var refused = Should.Throw<DataException>(() => Rows(table));
        refused.Message.ShouldBe(
            $"t.csv:3:3: the label is '{text}', a missing answer; leave such rows out with data.missing: "
                + $"drop and data.missingTexts: ['{text}'], or, if it is a class, say data.types: {{ c: category }}.");
        var dropped = Rows(table, new() { Missing = MissingPolicy.Median });
        dropped.Answer.ClassLabels.ShouldBe(["x", "y"]);
        dropped.Warnings
            .ShouldHaveSingleItem()
            .ShouldBe($"t.csv:3:3: 1 row(s) have no answer in column 'c' ('{text}' here) and are left out.");
        Rows(table, new()
        {
            Types = new([KeyValuePair.Create("c", ColumnType.Category)]),
        }).Answer.ClassLabels.ShouldContain(text);
    }

    [Fact]
    public void An_empty_answer_is_told_with_its_remedy()
    {
        Should.Throw<DataException>(() => Rows("a,c\n1,x\n2,\n3,y\n")).Message
            .ShouldBe("t.csv:3:3: the label is empty; leave such rows out with data.missing: drop.");
        Rows("a,c\n1,x\n2,\n3,y\n", new() { Missing = MissingPolicy.Mean }).Features.ShouldBe([1, 3]);
        Rows("a,y\n1,5\n2,\n3,7\n", new()
        {
            Missing = MissingPolicy.Mean,
            Answer = TargetKind.Numbers,
        }).Answer.Numbers.ShouldBe([5, 7]);
    }

    [Fact]
    public void Labels_that_look_mistaken_are_told()
    {
        var prices = "a,price\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i * 1.5}\n"));
        Rows(FormattableString.Invariant($"{prices}")).Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("column 'price' has 30 different labels in 30 rows");
    }

    [Fact]
    public void Numbers_that_are_all_different_are_told_to_be_no_classes()
    {
        var prices = string.Concat(Enumerable.Range(0, 250).Select(i => FormattableString.Invariant($"{i},{i * 1.5}\n")));

        var refused = Should.Throw<DataException>(() => DataSplit.Create(new TableSamples(Rows("a,price\n" + prices)), new SplitSpec(), 1));
        refused.Code.ShouldBe("SC3009");
        refused.Message.ShouldBe(
            "t.csv: column 'price' has 250 different labels in 250 rows, such as '0', so no class has a row to validate with; "
                + "if they are numbers to answer, say data.answer: numbers and take a regressor, such as workload mlp-regressor.");

        var names = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},name{i}\n"));
        Should.Throw<DataException>(() => DataSplit.Create(new TableSamples(Rows("a,who\n" + names)), new SplitSpec(), 1)).Message
            .ShouldEndWith("name the column of the class in data.target.");
        var more = string.Concat(Enumerable.Range(0, 1_100).Select(i => FormattableString.Invariant($"{i},{i * 1.5}\n")));
        Should.Throw<DataException>(() => Rows("a,price\n" + more)).Message.ShouldContain("say data.answer: numbers");
    }

    [Fact]
    public void Names_of_classes_at_a_median_have_no_more_digits_than_their_numbers()
    {
        var answer = Rows("a,y\n1,1112.3958\n2,1112.42\n", new() { MedianSplit = true }).Answer;

        answer.ClassLabels.ShouldBe(["at most 1112.4079", "above 1112.4079"]);
        answer.Column!.Threshold.ShouldBe((1112.3958 + 1112.42) / 2);
        answer.Classes.ShouldBe([0, 1]);
    }

    [Fact]
    public void Texts_to_answer_with_numbers_are_told_to_be_classes()
    {
        Should.Throw<DataException>(() => Rows("a,bought\n1,yes\n2,no\n", new()
        {
            Answer = TargetKind.Numbers,
        })).Message.ShouldBe(
            "t.csv:2:3: column 'bought' holds 'yes', but must be a number. "
                + "If the column holds classes, leave out data.answer and take a classifier, such as workload mlp.");
        Should.Throw<DataException>(() => Rows("a,bought\n1,yes\n2,no\n", new()
        {
            MedianSplit = true,
        })).Message.ShouldEndWith("leave out data.threshold and data.medianSplit.");
    }

    [Fact]
    public void A_model_reads_new_rows_in_the_notation_that_it_learned()
    {
        var rows = Rows("n;when;c\n1.234,5;13/01/1970;a\n53,07;02/01/1970;b\n");
        var fitted = TablePreprocessing.Fit(rows.Columns, rows.Features, [0, 1], ColumnScaling.None, null) with { Reading = rows.Reading };

        var table = CsvTable.Read(Stream("when,n\n03/02/1970,\"2.000\"\n"), "new.csv", rows.Reading);

        table.Select(fitted).Cast<double>().ShouldBe([2000, 33]);
        Should.Throw<DataException>(
            () => CsvTable.Read(Stream("n;when\n12.5;03/02/1970\n"), "new.csv", rows.Reading).Select(fitted)).Message
            .ShouldStartWith("new.csv:2:1: column 'n' holds '12.5'");
    }

    private static TableRows Rows(string text, TableSpec? spec = null) =>
        TableRows.From(CsvTable.Read(Stream(text), "t.csv", CsvOptions.Of(spec)), null, spec);

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
