using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data.Splits;

public sealed class ClassCoverageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("class-coverage").FullName;

    [Fact]
    public void Classes_that_miss_from_a_part_are_told_with_count_and_names()
    {
        Write("train.csv", "a a a b b b");
        Write("val.csv", "a a");
        Write("test.csv", "a b c c");

        Warnings().ShouldBe(
        [
            $"{Path.GetFileName(_folder)}: 1 of 3 classes miss from the training part, so that no model can learn them: 'c' (2 rows).",
            $"{Path.GetFileName(_folder)}: 1 of 3 classes miss from the validation part, so that no configuration is judged by them: 'b' "
                + $"(4 rows).",
        ]);
    }

    [Theory]
    [InlineData("setosa.")]
    [InlineData("Setosa")]
    [InlineData("se  tosa")]
    public void Labels_that_are_one_class_written_twice_are_told(string other)
    {
        var label = other.Contains(' ', StringComparison.Ordinal) ? "se tosa" : "setosa";
        File.WriteAllText(Path.Combine(_folder, "train.csv"), "x,y\n" + string.Concat(Enumerable.Repeat($"1,{label}\n2,virginica\n", 5)));
        File.WriteAllText(Path.Combine(_folder, "val.csv"), $"x,y\n1,{label}\n2,virginica\n");
        File.WriteAllText(Path.Combine(_folder, "test.csv"), $"x,y\n1,{other}\n1,{other}\n2,virginica\n");

        var warning = Warnings().Single(text => text.Contains("did you mean one", StringComparison.Ordinal));

        warning.ShouldContain($"'{label}' (train 5, validation 1, test 0)");
        warning.ShouldContain($"'{other}' (train 0, validation 0, test 2)");
    }

    [Fact]
    public void A_class_of_one_row_is_told()
    {
        var file = Path.Combine(_folder, "one.csv");
        File.WriteAllText(file, "x,y\n" + string.Concat(Enumerable.Repeat("1,a\n2,b\n", 20)) + "3,rare\n");

        Load(new(file, null, new SplitSpec())).Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("1 of 3 classes have one row only, which is in one part only: 'rare'.");
    }

    [Theory]
    [InlineData(0.001, true)]
    [InlineData(0.0, false)]
    [InlineData(0.2, false)]
    public void A_test_part_that_is_empty_by_its_share_is_told(double share, bool isTold)
    {
        var file = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(file, "x,kind\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{(i % 2 == 0 ? "a" : "b")}\n")));

        string[] expected = isTold
            ? ["rows.csv: the test part is empty, because 0.001 of 50 rows, taken from each class, is less than one; so nothing is "
                + "measured on rows that no decision has seen. Give data.split.test a larger share, or say test: 0."]
            : [];
        Load(new(file, null, new SplitSpec(0.8 - share, 0.2, share))).Warnings.ShouldBe(expected);
    }

    [Fact]
    public void A_fold_may_lack_classes_since_every_row_validates_once()
    {
        var file = Path.Combine(_folder, "folds.csv");
        File.WriteAllText(file, "x,y\n" + string.Concat(Enumerable.Repeat("1,a\n2,b\n", 5)));

        Load(new(file, null, new SplitSpec(Folds: SplitSpec.LeaveOneOut))).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_label_far_beyond_the_others_in_an_idx_file_is_told()
    {
        File.WriteAllBytes(
            Path.Combine(_folder, "train-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, .. new byte[40]]);
        File.WriteAllBytes(
            Path.Combine(_folder, "train-labels-idx1-ubyte"),
            [0, 0, 8, 1, 0, 0, 0, 40, .. Enumerable.Range(0, 40).Select(i => (byte)(i == 7 ? 255 : i % 10))]);

        Load(new(_folder, null, new SplitSpec())).Warnings.ShouldContain(
            text => text.Contains("245 of 256 classes have no row at all", StringComparison.Ordinal)
                && text.Contains("'10', '11'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_part_that_loses_all_its_rows_is_refused()
    {
        Write("train.csv", "a b a b a b");
        File.WriteAllText(Path.Combine(_folder, "test.csv"), "x,y\n,a\n,b\n");

        var refused = Should.Throw<DataException>(() => Load(new(_folder, null, new SplitSpec(), Table: new()
        {
            Missing = MissingPolicy.Drop,
        })));

        refused.Message.ShouldContain("no row is left of the test part");
    }

    [Theory]
    [InlineData("Iris-setosa", "iris-setosa.")]
    [InlineData("1", "1.0")]
    [InlineData("new york", "New  York ")]
    public void Labels_are_compared_without_what_is_written_by_mistake(string first, string second) =>
        LabelForm.Of(first).ShouldBe(LabelForm.Of(second));

    [Fact]
    public void Labels_that_differ_stay_apart() => LabelForm.Of("grade a").ShouldNotBe(LabelForm.Of("grade b"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string labels) =>
        File.WriteAllText(Path.Combine(_folder, name), "x,y\n" + string.Concat(labels.Split(' ').Select((label, i) => $"{i},{label}\n")));

    private ValueArray<string> Warnings() => Load(new(_folder, null, new SplitSpec())).Warnings;

    private static DataSet Load(DataSpec spec)
    {
        TorchRuntime.Initialize();
        return DataSet.Create(SampleReader.Read(spec), spec.Split, 1, TorchSharp.torch.CPU);
    }
}
