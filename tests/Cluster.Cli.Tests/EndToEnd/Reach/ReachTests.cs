using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.EndToEnd.Reach;

/// <summary>The same command line gives the same answer in the coordinator's folder and on another machine, by HTTP with the token and by
/// HTTPS with a client's certificate.</summary>
/// <param name="cluster">Trained once for all tests.</param>
[Trait("Category", "EndToEnd")]
public sealed partial class ReachTests(ReachedCluster cluster) : IClassFixture<ReachedCluster>, IAsyncDisposable
{
    // A search that only one side changes, or each its own.
    private const string Own = "OWN";

    private static readonly string[] Lines =
    [
        "submit more.yaml --wait-for-workers --name OWN-more",
        "list --json",
        "list",
        "status flowers --json",
        "status flowers",
        "watch flowers --json",
        "trials flowers --json",
        "trials flowers",
        "best flowers --json --top 2",
        "best flowers -o best.json",
        "importance bowl --json",
        "explain flowers 1 --json",
        "plot flowers history --json",
        "plot flowers curves -o curves.svg",
        "predict flowers new.csv",
        "predict flowers new.csv --json",
        "predict flowers registered:rows -o predictions.csv --probabilities --json",
        "predict flowers new.csv --trial 1",
        "predict flowers new.csv --trial 99",
        "predict bowl new.csv",
        "predict bowl new.csv --trial 1",
        "predict flowrs new.csv",
        "predict flowers registered:nothing",
        "predict codes new.csv --trial 0 --output code",
        "evaluate flowers flowers.csv --json",
        "evaluate flowers registered:rows",
        "evaluate flowers rows --trial 2",
        "generate codes --trial 0 --count 3",
        "generate flowers",
        "export flowers -o taken --json",
        "export flowers --trial 1 -o alone",
        "export bowl -o never",
        "ensemble show flowers",
        "ensemble show bowl",
        "ensemble build flowers --members 3 --json",
        "ensemble build flowers --type bagging --members 2",
        "ensemble show flowers --json",
        "ensemble build bowl",
        "ensemble build nothing",
        "trace flowers --json",
        "trace flowers",
        "pause flowers",
        "resume flowers --json",
        "priority OWN 5 --json",
        "stop flowers --json",
        "delete OWN --yes --json",
        "delete nothing --yes",
    ];

    /// <summary>Commands that name no search of a coordinator, and why they are of one machine or of the cluster as a whole.</summary>
    private static readonly Dictionary<string, string> WithoutSearch = new(StringComparer.Ordinal)
    {
        ["run"] = "trains in this process, in a state folder of its own",
        ["spec new"] = "writes a file",
        ["spec check"] = "reads a file",
        ["spec explain"] = "reads a file",
        ["spec schema"] = "prints what the release knows",
        ["data list"] = "the data sets of a machine",
        ["data add"] = "the data sets of a machine",
        ["data fetch"] = "the data sets of a machine",
        ["data describe"] = "reads data of a machine",
        ["data verify"] = "the data sets of a machine",
        ["data remove"] = "the data sets of a machine",
        ["journal check"] = "reads the journal's file, also a damaged one",
        ["journal salvage"] = "reads the journal's file, also a damaged one",
        ["journal export"] = "reads the journal's file, also a damaged one",
        ["journal import"] = "writes the journal's file, which no coordinator has then",
        ["workloads"] = "prints what the release and assemblies of a machine know",
        ["sanity"] = "reads data of a machine",
        ["launch"] = "starts processes of a machine",
        ["join"] = "makes a machine a member",
        ["down"] = "ends processes of a machine",
        ["leave"] = "ends processes of a machine",
        ["logs"] = "the logs of a machine's processes",
        ["drain"] = "names a worker",
        ["nodes"] = "names no search; the cluster as a whole",
        ["token create"] = "the authority's key, which leaves no machine",
        ["token list"] = "the authority's key, which leaves no machine",
        ["token revoke"] = "the authority's key, which leaves no machine",
        ["certs show"] = "the authority's key, which leaves no machine",
        ["certs issue"] = "the authority's key, which leaves no machine",
        ["certs revoke"] = "the authority's key, which leaves no machine",
        ["coordinator"] = "a process of a machine",
        ["worker"] = "a process of a machine",
        ["doctor"] = "looks at a machine",
        ["help"] = "prints what the release knows",
        ["version"] = "prints what the release knows",
    };

    public ValueTask DisposeAsync() => new(cluster.StopAsync());

    [Fact]
    public void Every_command_is_compared_or_has_a_reason_not_to_be()
    {
        var commands = LeavesOf(CommandTree.Build(), "").ToList();
        var compared = commands.Where(command => Lines.Any(line => (line + " ").StartsWith(command + " ", StringComparison.Ordinal)));

        commands.Except(compared).Except(WithoutSearch.Keys).ShouldBeEmpty("add lines that name a search, or the reason that none can");
        WithoutSearch.Keys.Except(commands).ShouldBeEmpty("there are no such commands");
        compared.Intersect(WithoutSearch.Keys).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("token")]
    [InlineData("certificate")]
    public async Task The_answer_is_that_of_the_coordinator_s_folder(string by)
    {
        await (by == "token" ? cluster.ListenForTokenAsync() : cluster.ListenForCertificateAsync());
        var differences = new List<string>();
        foreach (var line in Lines)
        {
            var told = Told(cluster.Lab, await cluster.OnLabAsync(line.Replace(Own, by + "-lab", StringComparison.Ordinal)));
            var laptop = await cluster.OnLaptopAsync(line.Replace(Own, by + "-laptop", StringComparison.Ordinal));
            if (Told(cluster.Laptop, laptop) is var other && !AreSame(other, told))
            {
                differences.Add($"{line}\n--- in the folder: {told}\n{cluster.Lab.Error}\n--- elsewhere: {other}\n{cluster.Laptop.Error}");
            }
        }

        differences.ShouldBeEmpty(string.Join("\n\n", differences));
        Written(cluster.Laptop).ShouldBe(Written(cluster.Lab));
        AreSame(Predictions(cluster.Laptop), Predictions(cluster.Lab)).ShouldBeTrue();
        Clear(cluster.Lab);
        Clear(cluster.Laptop);
    }

    [Fact]
    public async Task A_model_is_fetched_once_and_again_where_it_was_damaged_or_cut()
    {
        await cluster.ListenForTokenAsync();
        (await cluster.OnLaptopAsync("predict flowers new.csv --trial 1")).ShouldBe(0, cluster.Laptop.Error);
        var (told, file) = (cluster.Laptop.Out, Directory.GetFiles(Path.Combine(cluster.LaptopState, "model-cache"), "*.scm",
            SearchOption.AllDirectories).Single());
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        (await cluster.OnLaptopAsync("predict flowers new.csv --trial 1")).ShouldBe(0, cluster.Laptop.Error);
        File.GetLastWriteTimeUtc(file).ShouldBe(DateTime.UnixEpoch, "it is not fetched again");

        var damaged = bytes.ToArray();
        damaged[^1] ^= 1;
        await File.WriteAllBytesAsync(file, damaged, TestContext.Current.CancellationToken);
        (await cluster.OnLaptopAsync("predict flowers new.csv --trial 1")).ShouldBe(0, cluster.Laptop.Error);
        AreSame(cluster.Laptop.Out, told).ShouldBeTrue();
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(bytes);

        // As a command leaves it that was ended in the middle.
        var set = Path.GetDirectoryName(Path.GetDirectoryName(file))!;
        Directory.Move(set, set + ".part");
        await File.WriteAllBytesAsync(
            file.Replace(set, set + ".part", StringComparison.Ordinal), bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        (await cluster.OnLaptopAsync("predict flowers new.csv --trial 1")).ShouldBe(0, cluster.Laptop.Error);
        AreSame(cluster.Laptop.Out, told).ShouldBeTrue();
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(bytes);
    }

    [Fact]
    public async Task What_keeps_a_model_from_coming_is_told()
    {
        await cluster.ListenForCertificateAsync();
        cluster.Laptop.Variables["SEARCHCLUSTER_CACHE"] = "0.001MiB";
        (await cluster.OnLaptopAsync("predict flowers new.csv")).ShouldBe(3);
        cluster.Laptop.Error.ShouldContain("Model 'flowers/ensemble' has ");
        cluster.Laptop.Error.ShouldContain("let it hold more: SEARCHCLUSTER_CACHE=");
        cluster.Laptop.Variables.Clear();

        cluster.RevokeLaptop();
        (await cluster.OnLaptopAsync("predict flowers new.csv")).ShouldBe(6);
        cluster.Laptop.Error.ShouldContain("revoked");
        await cluster.StopListeningAsync();
        (await cluster.OnLaptopAsync("predict flowers new.csv")).ShouldBe(5);
        cluster.Laptop.Error.ShouldContain("cannot be reached");
        Directory.Exists(Path.Combine(cluster.LaptopState, "searches")).ShouldBeFalse();
    }

    private static IEnumerable<string> LeavesOf(Command command, string path) => command is CliCommand
        ? [path.Trim()]
        : command.Subcommands.SelectMany(sub => LeavesOf(sub, $"{path} {sub.Name}"));

    // The exit code, the code of the error and the answer; what each machine calls its folders is left out.
    private string Told(CliHarness machine, int exitCode)
    {
        var text = machine.Out
            .Replace(cluster.State + "/", "", StringComparison.Ordinal)
            .Replace(machine.Folder + "/", "", StringComparison.Ordinal)
            .Replace(" at " + cluster.Url, "", StringComparison.Ordinal);
        text = Ago().Replace(Sides().Replace(Results().Replace(text, ""), "$1-own"), "");
        return $"{exitCode} {string.Join(' ', Codes().Matches(machine.Error).Select(code => code.Value).Distinct())}\n{text}";
    }

    // The second command of a pair may see a later second; spaces at the end of a line follow the longest of them.
    [GeneratedRegex(@"(just now|\d+ \w+ ago)?[ ]*$", RegexOptions.Multiline, 1_000)]
    private static partial Regex Ago();

    private static string Written(CliHarness machine) => string.Join(
        '\n',
        from file in Directory.EnumerateFiles(machine.Folder, "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(machine.Folder, file)
        where path.Split('/') is ["taken" or "alone", _] or ["best.json" or "curves.svg"]
        orderby path
        select $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}");

    private static string Predictions(CliHarness machine) => File.ReadAllText(Path.Combine(machine.Folder, "predictions.csv"));

    // The last bits of what libtorch computes depend on where its memory lies, also from one run to the next in one folder.
    private static bool AreSame(string one, string other)
    {
        var (numbers, others) = (Numbers().Matches(one), Numbers().Matches(other));
        return Numbers().Replace(one, "") == Numbers().Replace(other, "")
            && numbers.Zip(others, (a, b) => a.Value == b.Value || IsNear(Number(a), Number(b))).All(isSame => isSame);
    }

    private static bool IsNear(double a, double b) => Math.Abs(a - b) < 1e-5 * Math.Max(1, Math.Abs(a));

    private static double Number(Match match) => double.Parse(match.Value, CultureInfo.InvariantCulture);

    private static void Clear(CliHarness machine)
    {
        Directory.Delete(Path.Combine(machine.Folder, "taken"), recursive: true);
        Directory.Delete(Path.Combine(machine.Folder, "alone"), recursive: true);
    }

    // The folder of results is that of one machine.
    [GeneratedRegex("^results .*\n", RegexOptions.Multiline)]
    private static partial Regex Results();

    [GeneratedRegex("\\b(token|certificate)-(lab|laptop)\\b")]
    private static partial Regex Sides();

    [GeneratedRegex("[0-9]+\\.[0-9]+(E[+-]?[0-9]+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Numbers();

    [GeneratedRegex("\\bSC[0-9]{4}\\b")]
    private static partial Regex Codes();
}
