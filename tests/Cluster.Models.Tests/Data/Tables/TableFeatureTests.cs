using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Native;
using SearchCluster.TestKit.Data;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data.Tables;

/// <summary>Categories, empty fields, scaling and answers of tables.</summary>
public sealed class TableFeatureTests
{
    private const string People = "age,town,note,income\n20,Ulm,a,10\n30,Bonn,b,20\n,Ulm,c,30\n50,,d,40\n";

    [Theory]
    [InlineData("train.csv")]
    [InlineData("test.csv")]
    [InlineData("rows.csv")]
    public void A_table_that_was_named_itself_is_all_of_the_data_whatever_it_is_called(string name)
    {
        var folder = Directory.CreateTempSubdirectory("searchcluster-tables-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, name), "a,b\n" + string.Concat(Enumerable.Range(0, 10).Select(row => $"{row},{row % 2}\n")));

            var samples = SampleReader.Read(new(Path.Combine(folder, name), null, new SplitSpec()));

            samples.Rows.ShouldBe(10);
            samples.Given.ShouldBeNull();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Texts_become_categories_and_numbers_stay_numbers()
    {
        var rows = Rows("town,size\nUlm,1\nBonn,2\nUlm,3\n", new(), "size");

        rows.Columns.ShouldHaveSingleItem().Categories!.ShouldBe(["Bonn", "Ulm"]);
        rows.Features.ShouldBe([1f, 0f, 1f]);
    }

    [Fact]
    public void Files_of_a_folder_are_the_parts()
    {
        var folder = Directory.CreateTempSubdirectory("searchcluster-parts-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "train.csv"), "size,town,kind\n1,Ulm,a\n2,Bonn,b\n3,Ulm,a\n,Ulm,b\n");
            File.WriteAllText(Path.Combine(folder, "val.csv"), "kind;size;town\nb;4;Kiel\na;5;Ulm\n");
            File.WriteAllText(Path.Combine(folder, "test.csv"), "size,town,kind\n6,Ulm,a\n");
            var spec = new DataSpec(folder, "kind", new SplitSpec(), Table: new() { Missing = MissingPolicy.Drop });

            var data = DataSet.Create(SampleReader.Read(spec), spec.Split, 1, CPU);

            (data.Train.Rows, data.Validation.Rows, data.Test!.Rows).ShouldBe(
                (3, 2, 1), "the row with an empty field is dropped from its part");
            data.Shape.Columns.ShouldBe(["size", "town"]);
            ((TablePreprocessing)data.Preprocessing).Mean[0].ShouldBe(2f, "fitted on the training part");
            data.Validation.Targets.data<long>().ToArray().ShouldBe([1L, 0]);
            (SampleReader.Read(spec with { Limit = 1 }) as TableSamples)!.Given.ShouldBe(new GivenParts([0], [1], [2]), new PartComparer());

            var refused = Should.Throw<DataException>(() => SampleReader.Read(spec with { Table = null }));
            refused.Message.ShouldStartWith("train.csv:5:1: column 'size' holds nothing");
            File.WriteAllText(Path.Combine(folder, "test.csv"), "size,kind\n6,a\n");
            Should.Throw<DataException>(() => SampleReader.Read(spec)).Message
                .ShouldContain("test.csv has other columns than train.csv: it lacks town; give both the same ones, in any order.");
            File.WriteAllText(Path.Combine(folder, "test.csv"), "6,Ulm,a\n");
            Should.Throw<DataException>(() => SampleReader.Read(spec)).Message
                .ShouldContain("train.csv has a header, but test.csv has none: its first row is 6, Ulm, a");
            File.Delete(Path.Combine(folder, "train.csv"));
            Should.Throw<DataException>(() => SampleReader.Read(spec with { Format = DataFormat.Csv })).Message.ShouldContain(
                "holds 2 tables (test.csv, val.csv), of which it cannot be told which are the data; tables of parts are named train.csv");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class PartComparer : IEqualityComparer<GivenParts?>
    {
        public bool Equals(GivenParts? x, GivenParts? y) =>
            x!.Train.SequenceEqual(y!.Train) && x.Validation.SequenceEqual(y.Validation) && x.Test.SequenceEqual(y.Test);

        public int GetHashCode(GivenParts? obj) => 0;
    }

    [Fact]
    public void A_type_that_the_spec_gives_wins()
    {
        var rows = Rows("code,size\n10,1\n9,2\n10,3\n", new()
        {
            Types = new([KeyValuePair.Create("code", ColumnType.Category)]),
        }, "size");

        rows.Columns[0].Categories!.ShouldBe(["10", "9"]);
        Rows("code,size\n10,1\n9,2\n10,3\n", new()
        {
            Types = new([KeyValuePair.Create("0", ColumnType.Category)]),
        }, "size").Columns[0].Categories!.ShouldBe(["10", "9"], "a column may be named by its number");
        Should.Throw<DataException>(() => Rows("code,size\n1,1\n2,2\n", new()
        {
            Dates = new([KeyValuePair.Create("cod", DateOrder.Iso)]),
        }, "size")).Message.ShouldContain("did you mean 'code'?");
        Should.Throw<DataException>(() => Rows("code,size\nx,1\ny,2\n", new()
        {
            Types = new([KeyValuePair.Create("code", ColumnType.Number)]),
        }, "size")).Code.ShouldBe("SC3004");
    }

    [Fact]
    public void Empty_fields_are_refused_dropped_or_filled_from_the_training_part()
    {
        var refused = Should.Throw<DataException>(() => Rows(People, new() { Answer = TargetKind.Numbers }));
        refused.Message.ShouldStartWith(
            "t.csv:4:1: column 'age' holds nothing, but must be a number; say what becomes of empty fields with data.missing.");

        Rows(People, new() { Missing = MissingPolicy.Drop, Answer = TargetKind.Numbers }).Answer.Numbers.ShouldBe([10f, 20f]);

        var spec = new TableSpec
        {
            Exclude = ["note"],
            Missing = MissingPolicy.Median,
            Scaling = ColumnScaling.None,
            Answer = TargetKind.Numbers,
        };
        var rows = Rows(People, spec);
        var fitted = TablePreprocessing.Fit(rows.Columns, rows.Features, [0, 1, 3], ColumnScaling.None, MissingPolicy.Median);
        fitted.Fill!.ShouldBe([30f, 0f]);
        fitted.Apply(rows.Features).ShouldBe([20f, 0, 1, 30, 1, 0, 30, 0, 1, 50, 1, 0]);
        (fitted.ColumnOf(0), fitted.ColumnOf(2)).ShouldBe(("age", "town"));
    }

    [Fact]
    public void Texts_can_mean_an_empty_field()
    {
        var rows = Rows("a,b\nNA,1\n2,2\n?,3\n", new()
        {
            Missing = MissingPolicy.Mean,
            MissingTexts = ["NA", "?"],
            Answer = TargetKind.Numbers,
        });

        rows.Features.ShouldBe([float.NaN, 2, float.NaN]);
        Should.Throw<DataException>(() => Rows("a,b\nNA,1\n2,2\n3,3\n", new()
        {
            MissingTexts = ["NA"],
            Answer = TargetKind.Numbers,
        })).Message.ShouldContain("holds 'NA', which means nothing");
    }

    [Theory]
    [InlineData(MissingPolicy.Mean, 3.0)]
    [InlineData(MissingPolicy.Median, 2.0)]
    [InlineData(MissingPolicy.MostFrequent, 1.0)]
    public void Numbers_are_filled_by_the_policy(MissingPolicy policy, double expected)
    {
        double[] features = [1, 1, 2, 5, 6, double.NaN];

        TablePreprocessing.Fit([new("a", null)], features, [0, 1, 2, 3, 4, 5], ColumnScaling.None, policy)
            .Apply(features)[5]
            .ShouldBe((float)expected);
    }

    [Fact]
    public void Numbers_are_scaled_to_their_range()
    {
        double[] features = [10, 20, 30, 50];

        TablePreprocessing.Fit([new("a", null)], features, [0, 2], ColumnScaling.MinMax, null).Apply(features).ShouldBe([0f, 0.5f, 1f, 2f]);
    }

    [Fact]
    public void Features_are_chosen_by_name()
    {
        Rows(People, new()
        {
            Features = ["town"],
            Missing = MissingPolicy.Drop,
            Answer = TargetKind.Numbers,
        }).Columns.Select(column => column.Name).ShouldBe(["town"]);
        Should.Throw<DataException>(() => Rows(People, new()
        {
            Features = ["twn"],
        })).Message.ShouldContain("did you mean 'town'?");
        Should.Throw<DataException>(() => Rows(People, new()
        {
            Features = ["income"],
        })).Message.ShouldContain("both a feature and the target");
        Should.Throw<DataException>(() => Rows("a,b\n1,2\n", new()
        {
            Exclude = ["a"],
        })).Message.ShouldContain("no column is left");
    }

    [Fact]
    public void A_target_of_numbers_is_split_in_two_classes()
    {
        var half = Rows("a,b\n1,5\n2,1\n3,9\n4,7\n", new() { MedianSplit = true }).Answer;
        half.ClassLabels.ShouldBe(["at most 6", "above 6"]);
        half.Classes.ShouldBe([0, 0, 1, 1]);
        Rows("a,b\n1,5\n2,1\n3,9\n4,7\n", new() { Threshold = 8 }).Answer.Classes.ShouldBe([0, 0, 1, 0]);
        Should.Throw<DataException>(() => Rows("a,b\n1,5\n2,1\n", new()
        {
            Threshold = 8,
        })).Message.ShouldContain("all on one side of 8");
    }

    [Fact]
    public void Several_numbers_are_answered()
    {
        var rows = Rows("a,b,c\n1,2,3\n4,5,6\n", new() { Answer = TargetKind.Numbers, FurtherTargets = ["a"] });

        rows.Answer.Names.ShouldBe(["c", "a"]);
        rows.Answer.Numbers.ShouldBe([3f, 1f, 6f, 4f]);
        rows.Features.ShouldBe([2f, 5f]);
    }

    [Fact]
    public void Lines_before_the_table_are_left_out_and_keep_their_numbers()
    {
        var spec = new TableSpec { SkipLines = 1 };

        Rows("2,30,malignant,benign\n1.5,0\n2.5,1\n", spec).Features.ShouldBe([1.5f, 2.5f]);
        Should.Throw<DataException>(() => Rows("2,30\n1.5,0\nx,1\n", spec)).Message.ShouldStartWith("t.csv:3:1:");
    }

    [Fact]
    public void A_column_of_a_thousand_texts_is_no_category()
    {
        var text = "id,y\n" + string.Concat(Enumerable.Range(0, 1_100).Select(i => $"n{i},{i % 2}\n"));

        Should.Throw<DataException>(() => Rows(text, new())).Code.ShouldBe("SC3008");
    }

    [Fact]
    public void A_model_reads_new_rows_as_it_read_those_it_learned_from()
    {
        var table = Table("town,age\nUlm,\nBonn,40\n");
        var columns = new TablePreprocessing(
            ["age", "town"],
            [0, 0],
            [1, 1],
            Fill: [7, 0],
            Categories: new([KeyValuePair.Create<string, ValueArray<string>>("town", ["Bonn", "Ulm"])]));

        columns.Apply([.. table.Select(columns).Cast<double>()]).ShouldBe([7f, 0, 1, 40, 1, 0]);
        Should.Throw<DataException>(() => Table("town,age\nRom,1\n").Select(columns)).Message
            .ShouldBe("t.csv:2:1: column 'town' holds 'Rom', which the training data never did; the model knows Bonn, Ulm. Correct the "
                + "field, or train with data.unseen: ignore or category.");
    }

    [Fact]
    public void California_housing_trains_as_two_classes_with_categories_and_filled_fields()
    {
        var source = RealData.Require("california-housing/housing.csv");
        TorchRuntime.Initialize();
        var spec = new DataSpec(source, "median_house_value", new SplitSpec(), Table: new()
        {
            Missing = MissingPolicy.Median,
            MedianSplit = true,
        });

        var data = DataSet.Create(SampleReader.Read(spec), spec.Split, 1, CPU);

        (data.Train.Rows + data.Validation.Rows + data.Test!.Rows).ShouldBe(20_640);
        data.Shape.Input.ShouldBe([13L]);
        data.Train.Inputs.isfinite().all().item<bool>().ShouldBeTrue();
        data.Train.Inputs.narrow(1, 8, 5).sum([1L]).eq(1).all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Ames_housing_is_read_with_its_missing_texts()
    {
        var source = RealData.Require("ames-housing/AmesHousing.txt");
        var spec = new DataSpec(
            source, "SalePrice", new SplitSpec(), Format: DataFormat.Csv, Table: new()
            {
                Exclude = ["Order", "PID"],
                Missing = MissingPolicy.Median,
                MissingTexts = ["NA"],
                Answer = TargetKind.Numbers,
            });

        var samples = (TableSamples)SampleReader.Read(spec);

        samples.Rows.ShouldBe(2_930);
        samples.Table.Columns.Length.ShouldBe(79);
        samples.Table.Columns.Single(column => column.Name == "Neighborhood").Categories!.Count.ShouldBe(28);
        samples.Table.Answer.Numbers.Max().ShouldBe(755_000);
    }

    private static TableRows Rows(string text, TableSpec spec, string? target = null) =>
        TableRows.From(Table(text, spec), target, spec, null);

    private static CsvTable Table(string text, TableSpec? spec = null) =>
        CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", CsvOptions.Of(spec));
}
