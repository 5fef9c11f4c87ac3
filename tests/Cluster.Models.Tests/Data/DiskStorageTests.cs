using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Storage;
using SearchCluster.Models.Native;
using SkiaSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data;

/// <summary>Data that are kept on disk are the same data.</summary>
public sealed class DiskStorageTests : IDisposable
{
    private const int Side = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-disk-").FullName;

    public DiskStorageTests() => TorchRuntime.Initialize();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("images")]
    [InlineData("masks")]
    [InlineData("table")]
    [InlineData("pixels")]
    public void Every_part_is_the_same_as_in_memory(string kind)
    {
        var spec = Spec(kind);

        var (memory, disk) = (Create(spec), Create(spec with { Storage = DataStorage.Disk }));

        disk.Shape.ShouldBe(memory.Shape);
        disk.Preprocessing.ShouldBe(memory.Preprocessing);
        disk.TrainClassCounts().ShouldBe(memory.TrainClassCounts());
        foreach (var (kept, held) in (IEnumerable<(DataPart, DataPart)>)[
            (disk.Train, memory.Train),
            (disk.Validation, memory.Validation),
            (disk.Test!, memory.Test!),
        ])
        {
            kept.Storage.ShouldBe(DataStorage.Disk);
            Same(kept, held);
            Same(kept.Take([2, 0, 2]), held.Take([2, 0, 2]));
            Same(kept.Join(kept), held.Join(held));
        }

        Leftovers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("images", "cnn")]
    [InlineData("masks", "segmentation")]
    public void A_trial_learns_the_same_from_disk(string kind, string workload)
    {
        var values = Trials.Values(
            ("epochs", ParameterValue.Integer(2)),
            ("batchSize", ParameterValue.Integer(4)),
            ("channels", ParameterValue.Integer(4)),
            ("learningRate", ParameterValue.Real(0.01)));
        var plan = Trials.Plan(workload: workload) with { Data = Spec(kind) };

        var memory = Trials.Run(Trials.Assignment(values, plan)).Result;
        var disk = Trials.Run(Trials.Assignment(values, plan with { Data = plan.Data! with { Storage = DataStorage.Disk } })).Result;

        disk.Metrics.ShouldBe(memory.Metrics);
    }

    [Fact]
    public void Wide_rows_are_written_some_at_a_time()
    {
        using var rows = rand([3, 9L << 20], float32);

        MappedTensor.RowsAtOnce(rows).ShouldBe(1, "a row has 36 MiB");
        using var kept = MappedTensor.Select(rows, [2, 0, 1, 1]);

        kept.shape.ShouldBe([4, 9L << 20]);
        kept.sum([1]).allclose(rows.index_select(0, tensor([2L, 0, 1, 1])).sum([1])).ShouldBeTrue();
    }

    [Fact]
    public void A_file_has_no_name_while_it_is_written_so_a_killed_process_leaves_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the file has a name until it is disposed.");
        using var file = new ScratchFile();

        file.Write([1, 2, 3]);

        Leftovers().ShouldBeEmpty();
        using var mapped = MappedTensor.Map(file, [3], ScalarType.Byte);
        mapped.bytes.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_reader_that_fails_leaves_no_file()
    {
        Save("images/a/0.png", Side, 1);
        Save("images/b/1.png", Side + 1, 1);

        Should.Throw<DataException>(
            () => Create(new DataSpec(Path.Combine(_folder, "images"), null, new SplitSpec(), Storage: DataStorage.Disk))).Code
            .ShouldBe("SC3104");

        Leftovers().ShouldBeEmpty();
    }

    private static void Same(DataPart actual, DataPart expected)
    {
        actual.Rows.ShouldBe(expected.Rows);
        (actual.Inputs.dtype, actual.Targets.dtype).ShouldBe((expected.Inputs.dtype, expected.Targets.dtype));
        actual.Inputs.bytes.ToArray().ShouldBe(expected.Inputs.bytes.ToArray());
        actual.Targets.bytes.ToArray().ShouldBe(expected.Targets.bytes.ToArray());
    }

    private static string[] Leftovers() => Directory.GetFiles(ScratchFile.Folder, $"searchcluster-{Environment.ProcessId}-*.data");

    private static DataSet Create(DataSpec spec) =>
        DataSet.Create(SampleReader.Read(spec), spec.Split, 1, CPU, spec.Storage ?? DataStorage.Memory);

    private DataSpec Spec(string kind)
    {
        switch (kind)
        {
            case "images":
                for (var i = 0; i < 24; i++)
                {
                    Save($"images/{(i % 2 == 0 ? "low" : "high")}/{i}.png", Side, 2 + (i % 2 * 7));
                }

                return new(Path.Combine(_folder, "images"), null, new SplitSpec());
            case "masks":
                for (var i = 0; i < 24; i++)
                {
                    Save($"masks/images/{i}.png", Side, 2 + (i % 7));
                    Save($"masks/targets/{i}.png", Side, 2 + (i % 7));
                }

                return new(Path.Combine(_folder, "masks"), null, new SplitSpec());
            case "pixels":
                return Trials.Digits with { Images = new ImageSpec(8, 8), Limit = 60 };
            default:
                return Trials.Digits with { Limit = 60 };
        }
    }

    private void Save(string path, int side, int edge)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < side * side; i++)
        {
            bitmap.SetPixel(i % side, i / side, i / side < edge ? new SKColor(250, 20, 20) : new SKColor(20, 20, 250));
        }

        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var file = File.Create(full);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
