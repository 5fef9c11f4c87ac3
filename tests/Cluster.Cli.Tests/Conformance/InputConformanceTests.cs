using SearchCluster.Cli.Tests.EndToEnd;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>What holds for every kind of data in every form in which people hand them over: predict, evaluate and data describe say the
/// same as of the plain file or folder.</summary>
[Trait("Category", "EndToEnd")]
public sealed class InputConformanceTests(TrainedKinds trained) : IClassFixture<TrainedKinds>, IDisposable
{
    private readonly RealHarness _real = new();

    public static TheoryData<string, string> Inputs
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in TrainedKinds.Kinds.Keys)
            {
                foreach (var form in InputForm.All.Where(
                    form => kind is "pictures" or "masks" or "idx" ? form.IsOfFolders : form.IsOfFiles))
                {
                    all.Add(kind, form.Name);
                }
            }

            return all;
        }
    }

    public void Dispose() => _real.Dispose();

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task What_is_said_of_data_does_not_depend_on_their_form(string kind, string form)
    {
        var (model, sample) = trained.Of(kind);
        var plain = Copy(sample.TestInput);
        var expected = await AllAsync(kind, model, plain, null);
        File.Exists(plain).ShouldBe(kind is not ("pictures" or "masks" or "idx"));

        var (argument, pipe) = await InputForm.All.Single(one => one.Name == form).Make(_real, plain);
        var actual = await AllAsync(kind, model, argument, pipe);

        actual.ShouldBe(expected);
    }

    private async Task<string> AllAsync(string kind, string model, string argument, byte[]? pipe)
    {
        _real.Cli.InputBytes = pipe;
        var masks = Path.Combine(_real.Cli.Folder, "masks");
        var predicted = await RunAsync($"predict {model} {argument}{(kind == "masks" ? " -o " + masks : "")}");
        var evaluated = await RunAsync($"evaluate {model} {argument}");

        // What else data are is recognised; a text without a name looks like any other.
        var format = kind is "series" or "keypoints" || (kind == "text" && pipe is not null) ? $" --format {kind}" : "";
        var described = await RunAsync($"data describe {argument}{format}");
        return string.Join(
            "\n\n",
            predicted,
            evaluated,
            string.Join('\n', described.Split('\n').Where(
                line => !line.StartsWith("data set ", StringComparison.Ordinal) && !line.StartsWith("path ", StringComparison.Ordinal))));
    }

    private async Task<string> RunAsync(string line)
    {
        (await _real.RunAsync(line)).ShouldBe(0, line + "\n" + _real.Cli.Error);
        _real.Cli.Out.ShouldNotBeEmpty(line);
        return _real.Cli.Out;
    }

    // Each test has its own: what is made of it lies beside it.
    private string Copy(string path)
    {
        var target = Path.Combine(_real.Cli.Folder, "input", Path.GetFileName(path));
        foreach (var file in File.Exists(path) ? [path] : Directory.GetFiles(path, "*", SearchOption.AllDirectories))
        {
            var copy = File.Exists(path) ? target : Path.Combine(target, Path.GetRelativePath(path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }
}
