using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>What training leaves out, scoring leaves out too.</summary>
public sealed class ScoredRowsTests
{
    private const string Training = "x,c,kind\n1,p,a\n2,q,b\n?,p,a\n4,,b\n5,q,\n";

    [Fact]
    public void With_drop_rows_with_an_empty_field_or_without_an_answer_are_left_out_and_counted()
    {
        var (table, notes) = Scored(MissingPolicy.Drop, "x,c,kind\n1,p,a\n?,p,b\n,q,a\n3,q,\n4,,b\n5,q,b\n");

        table.Texts("kind").ShouldBe(["a", "b"]);
        table.Texts("x").ShouldBe(["1", "5"]);
        notes.ShouldBe(["new.csv:3:1: 4 of 6 row(s) have an empty field, the first one here, and are left out by data.missing: drop."]);
        table.At(1, 0).ShouldBe("new.csv:7:1");
    }

    [Fact]
    public void With_a_filling_only_rows_without_an_answer_are()
    {
        var (table, notes) = Scored(MissingPolicy.Median, "x,c,kind\n1,p,a\n?,p,b\n,q,a\n3,q,\n4,,NA\n");

        table.Rows.ShouldBe(3);
        notes.ShouldHaveSingleItem().ShouldBe("new.csv:5:5: 2 row(s) have no answer in column 'kind' (it is empty here) and are left out.");
    }

    [Fact]
    public void Without_a_word_nothing_is() => Scored(null, "x,c,kind\n1,p,a\n3,q,\n", "x,c,kind\n1,p,a\n2,q,b\n").Table.Rows.ShouldBe(2);

    [Fact]
    public void A_label_that_means_nothing_elsewhere_is_an_answer_where_training_had_it()
    {
        var rows = TableRows.From(Read("x,kind\n1,a\n2,NA\n,a\n", "t.csv"), null, new()
        {
            Missing = MissingPolicy.Drop,
            Types = new([new("kind", ColumnType.Category)]),
        });

        var (table, _) = Of(rows, MissingPolicy.Drop, "x,kind\n1,NA\n2,a\n,a\n");

        table.Texts("kind").ShouldBe(["NA", "a"]);
    }

    [Fact]
    public void Nothing_left_is_refused() =>
        Should.Throw<DataException>(() => Scored(MissingPolicy.Drop, "x,c,kind\n?,p,a\n")).Code.ShouldBe("SC3001");

    [Fact]
    public void A_prediction_of_an_incomplete_row_says_why_there_is_none()
    {
        var (rows, columns) = Fit(MissingPolicy.Drop, Training);

        var refused = Should.Throw<DataException>(() => Read("x,c\n1,p\n?,q\n", "new.csv").Select(columns));

        rows.Warnings.ShouldContain(
            "t.csv:4:1: 3 of 5 row(s) have an empty field, the first one here, and are left out by data.missing: drop.");
        refused.Message.ShouldBe(
            "new.csv:3:1: column 'x' holds '?', an empty field, but the model learned from complete rows only (data.missing: drop); leave "
                + "the row out, or train with data.missing: mean, median or most-frequent.");
    }

    [Theory]
    [InlineData(MissingPolicy.Drop, new double[] { 1, 3 })]
    [InlineData(MissingPolicy.Mean, new double[] { 1, 1, 3 })]
    public void Steps_of_a_series_are_left_out_or_filled_as_in_training(MissingPolicy policy, double[] expected)
    {
        var reading = new TableReading(true, ["v"], ["v"], ",", Missing: policy, MissingTexts: ["?"]);

        var (steps, numbers, notes) = SeriesSteps.Of(
            Read("v\n1\n?\n3\n", "s.csv"), new SeriesPreprocessing(["v"], 1, 1, [0], [1]) { Reading = reading });

        steps.Cast<double>().ShouldBe(expected);
        numbers.ShouldBe(policy == MissingPolicy.Drop ? [0, 2] : [0, 1, 2]);
        notes.Count.ShouldBe(policy == MissingPolicy.Drop ? 1 : 0);
    }

    private static (CsvTable Table, ValueArray<string> Notes) Scored(MissingPolicy? policy, string text, string training = Training) =>
        Of(Fit(policy, training).Rows, policy, text);

    private static (CsvTable Table, ValueArray<string> Notes) Of(TableRows rows, MissingPolicy? policy, string text) =>
        ScoredRows.Of(
            Read(text, "new.csv"),
            Preprocess(rows, policy),
            new([1], TargetKind.Class, [], rows.Answer.ClassLabels, [], ClassColumn: rows.Answer.Column));

    private static (TableRows Rows, TablePreprocessing Columns) Fit(MissingPolicy? policy, string training)
    {
        var rows = TableRows.From(Read(training, "t.csv"), null, new()
        {
            Missing = policy,
            MissingTexts = policy is null ? null : ["?"],
        });
        return (rows, Preprocess(rows, policy));
    }

    private static TablePreprocessing Preprocess(TableRows rows, MissingPolicy? policy) =>
        TablePreprocessing.Fit(rows.Columns, rows.Features, [0, 1], ColumnScaling.Standard, policy, ["?"]) with { Reading = rows.Reading };

    private static CsvTable Read(string text, string name) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), name);
}
