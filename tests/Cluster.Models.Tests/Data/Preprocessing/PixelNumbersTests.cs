using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data.Preprocessing;

public sealed class PixelNumbersTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("searchcluster-pixels-").FullName, "rows.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.4, 0.4)]
    [InlineData(0.98, 1)]
    [InlineData(16, 16)]
    [InlineData(127, 127)]
    [InlineData(200, 255)]
    [InlineData(300, 300)]
    [InlineData(40_000, 65_535)]
    [InlineData(70_000, 70_000)]
    public void White_is_a_depth_in_bits_that_the_training_part_half_fills_or_its_largest_number(double largest, double white) =>
        new PixelNumbers("rows.csv", [largest, 0, 1_000_000, 0], 2, (_, _) => "").WhiteOf([0]).ShouldBe(white);

    [Fact]
    public void What_a_model_sees_of_its_training_part_does_not_depend_on_other_rows()
    {
        var alone = Create("a,b,y\n0,16,0\n8,4,1\n1,2,0\n1,2,1\n");
        var beside = Create("a,b,y\n0,16,0\n8,4,1\n1,2,0\n1,9000,1\n");

        alone.Train.Inputs.data<byte>().ToArray().ShouldBe([0, 255, 128, 64]);
        beside.Train.Inputs.data<byte>().ToArray().ShouldBe([0, 255, 128, 64]);
        alone.Warnings.ShouldBeEmpty();
        beside.Validation.Inputs.data<byte>().ToArray()[3].ShouldBe((byte)255);
        beside.Warnings.ShouldHaveSingleItem().ShouldBe(
            "rows.csv: 1 of 2 row(s) of the validation and test parts hold numbers above 16, which is white because the training part goes "
                + "to 16; they are taken for white: rows.csv:5:3 (column 'b') holds 9000.");
    }

    [Theory]
    [InlineData("a,b,y\n0,16,0\n-8,4,1\n1,2,0\n1,2,1\n", "rows.csv:3:1 (column 'a') holds -8, but pixels are at least 0;")]
    [InlineData("a,b,y\n0,16,0\n8,,1\n1,2,0\n1,2,1\n", "the field is empty, but data.missing does not fill pixels")]
    public void Fields_that_are_no_pixels_are_refused_with_their_place(string rows, string told) =>
        Should.Throw<DataException>(() => Create(rows, MissingPolicy.Mean)).Message.ShouldContain(told);

    private DataSet Create(string rows, MissingPolicy? missing = null)
    {
        File.WriteAllText(_file, rows);
        TorchRuntime.Initialize();
        var split = new SplitSpec(TrainRows: new(0, 1), ValidationRows: new(2, 3));
        var spec = new DataSpec(_file, "y", split, Images: new(Width: 2, Height: 1), Table: new() { Missing = missing });
        return DataSet.Create(SampleReader.Read(spec), split, 0, TorchSharp.torch.CPU);
    }
}
