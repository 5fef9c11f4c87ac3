using System.Text;
using System.Text.Json;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data.Preprocessing;

/// <summary>A model says when most of a column is far from all that it learned from, and only then.</summary>
public sealed class FarNumbersTests
{
    private static readonly string Training =
        Csv("height,weight,town", Enumerable.Range(0, 20).Select(i => $"{150 + i},{50 + (2 * i)},{(i % 2 == 0 ? "Ulm" : "Bonn")}"));

    [Fact]
    public void Columns_that_were_exchanged_are_told_with_share_range_and_value()
    {
        var found = Find("weight,height,town\n155,52,Ulm\n160,58,Bonn\n150,150,Ulm\n");

        found.ShouldHaveSingleItem().ShouldBe(
            "t.csv: 2 of the model's 3 column(s) hold in most rows numbers far from all that training saw, beyond its range by more than "
                + "that is wide: 'weight' (100 % of the rows, the first 155 in line 2, training 50 to 88); 'height' (67 % of the rows, the "
                + "first 52 in line 2, training 150 to 169). The answers are guesses there; look whether columns, their order and their "
                + "units are those of the training data.");
    }

    [Fact]
    public void A_few_rows_beyond_and_many_that_are_near_are_what_a_model_is_asked_about()
    {
        Find(Csv("height,weight,town", Enumerable.Range(0, 20).Select(i => $"{(i < 10 ? 1000 : 160)},60,Ulm")))
            .ShouldBeEmpty("half of the rows");
        Find(Csv("height,weight,town", Enumerable.Range(0, 20).Select(i => $"{170 + (i % 18)},60,Ulm")))
            .ShouldBeEmpty("all a little beyond");
        Find(Training).ShouldBeEmpty();
    }

    [Fact]
    public void A_constant_column_has_a_range_of_one()
    {
        var training = Csv("height,weight,town", Enumerable.Range(0, 5).Select(_ => "5,1,Ulm"));

        Find("height,weight,town\n5.9,1,Ulm\n", training).ShouldBeEmpty();
        Find("height,weight,town\n6.1,1,Ulm\n", training).ShouldHaveSingleItem().ShouldContain("'height' (100 % of the rows, the first "
            + "6.1");
    }

    [Fact]
    public void Dates_are_told_as_dates()
    {
        var training = "day,y\n2020-01-01,1\n2020-01-11,2\n2020-01-21,3\n";

        Find("day,y\n2026-03-01,1\n", training, "y").ShouldHaveSingleItem().ShouldContain(
            "'day' (100 % of the rows, the first 2026-03-01 in line 2, training 2020-01-01 to 2020-01-21)");
    }

    [Fact]
    public void A_series_is_looked_at_by_its_steps()
    {
        var model = new SeriesPreprocessing(["height"], 1, 1, [0], [1]) { Ranges = new([new("height", new ColumnRange(0, 10))]) };
        var table = Table("height\n1\n\n500\n600\n");

        FarNumbers.Find(table, new double[,] { { 1 }, { 500 }, { 600 } }, [0, 1, 2], model).ShouldHaveSingleItem()
            .ShouldContain("'height' (67 % of the rows, the first 500 in line 4, training 0 to 10)");
    }

    [Fact]
    public void Pixels_of_another_scale_are_told()
    {
        var model = new ImagePreprocessing(1, 1, 2, [0f], [1f], ColumnScale: 255f / 16);
        var shape = DataShape.OfTable(["a", "b"], ["x", "y"]) with { Input = [1, 1, 2] };

        FarNumbers.Find(Table("a,b\n0,255\n0,128\n"), model, shape).ShouldHaveSingleItem()
            .ShouldContain("t.csv: the columns hold in most rows numbers far from all that training saw");
        FarNumbers.Find(Table("a,b\n0,16\n0,12\n"), model, shape).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a,b\n0,16\n1,99\n0,12\n", "1 of 3 row(s) hold pixels outside 0 (black) to 16 (white), which are taken for black or white; "
        + "the first is 99 in column 'b' of line 3.")]
    [InlineData("a,b\n0,16\n-1,9\n0,12\n", "the first is -1 in column 'a' of line 3.")]
    [InlineData("a,b\n0,100\n", null, 100)]
    public void Single_pixels_beyond_black_and_white_are_told(string rows, string? told, double white = 16)
    {
        var model = new ImagePreprocessing(1, 1, 2, [0f], [1f], ColumnScale: PixelNumbers.ScaleOf(white));
        var shape = DataShape.OfTable(["a", "b"], ["x", "y"]) with { Input = [1, 1, 2] };

        string.Concat(FarNumbers.Find(Table(rows), model, shape)).ShouldEndWith(told ?? "");
        FarNumbers.Find(Table(rows), model, shape).Count.ShouldBe(told is null ? 0 : 1);
    }

    [Fact]
    public void Ranges_are_kept_with_the_model_and_those_of_earlier_releases_have_none()
    {
        var fitted = Fit(Training, null);
        var json = JsonSerializer.Serialize<InputPreprocessing>(fitted, ModelJsonContext.Default.InputPreprocessing);

        JsonSerializer.Deserialize(json, ModelJsonContext.Default.InputPreprocessing).ShouldBe(fitted);
        fitted.Ranges!["height"].ShouldBe(new ColumnRange(150, 169));
        fitted.Ranges.ContainsKey("town").ShouldBeFalse("it holds texts");
        var earlier = fitted with { Ranges = null };
        JsonSerializer.Serialize<InputPreprocessing>(earlier, ModelJsonContext.Default.InputPreprocessing).ShouldNotContain("ranges");
        FarNumbers.Find(Table("height,weight,town\n1,1,Ulm\n"), earlier, DataShape.OfTable(earlier.Columns, [])).ShouldBeEmpty();
    }

    private static ValueArray<string> Find(string rows, string? training = null, string? target = null)
    {
        var model = Fit(training ?? Training, target);
        return FarNumbers.Find(CsvTable.Read(Stream(rows), "t.csv", model.Reading), model, DataShape.OfTable(model.Columns, []));
    }

    private static TablePreprocessing Fit(string training, string? target)
    {
        TorchRuntime.Initialize();

        // The answer is beside the columns that are looked at.
        string[] lines = training.TrimEnd().Split('\n');
        var text = target is not null
            ? training
            : string.Join('\n', lines.Select((line, row) => $"{line},{(row == 0 ? "y" : row % 2 == 0 ? "a" : "b")}"));
        var spec = new TableSpec { Answer = target is null ? null : TargetKind.Numbers };
        var samples = new TableSamples(TableRows.From(CsvTable.Read(Stream(text), "t.csv"), target, spec));
        return (TablePreprocessing)samples.Fit([.. Enumerable.Range(0, lines.Length - 1)]).Preprocessing;
    }

    private static string Csv(string header, IEnumerable<string> rows) => string.Concat(rows.Prepend(header).Select(line => line + "\n"));

    private static CsvTable Table(string text) => CsvTable.Read(Stream(text), "t.csv");

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
