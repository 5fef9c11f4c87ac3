using System.CommandLine;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;

namespace SearchCluster.Cli.Commands.Data;

/// <summary><c>data fetch NAME</c>: downloads a public data set and registers it.</summary>
internal sealed class DataFetchCommand : CliCommand
{
    private readonly Argument<string> _name = DataInputs.Name("Public data set (see: searchcluster data list --public)");
    private readonly Option<string?> _from = new("--from")
    {
        HelpName = "URL",
        Description = "Take the files from this address, for example a mirror in your network",
    };

    public DataFetchCommand()
        : base(
            "fetch",
            "Download a public data set from its publisher, check its hash and register it; run again to resume",
            "data fetch mnist",
            "data fetch fashion-mnist --from http://mirror.example/fashion-mnist/",
            "data fetch iris --json")
    {
        Add(_name);
        Add(_from);
        Works = true;
        SeeAlso = ["data list", "data describe", "run"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var name = parse.GetRequiredValue(_name);
        var set = PublicDataSets.All.FirstOrDefault(set => set.Name == name) ?? throw new CliException(
            ExitCodes.NotFound,
            $"\"{SafeText.Of(name)}\" is no public data set that this release "
                + $"knows.{Suggestions.Sentence(name, PublicDataSets.All.Select(set => set.Name))}",
            $"there are: {string.Join(", ", PublicDataSets.All.Select(set => set.Name))}; register data of your own with: searchcluster "
                + $"data add NAME PATH",
            DataCodes.NotRegistered);
        var data = await DataInputs.GuardAsync(async () =>
        {
            if (context.DataRegistry.Find(set.Name) is { Origin: null } own)
            {
                throw new CliException(
                    ExitCodes.Conflict,
                    $"Data set {set.Name} is registered already with data of your own: {SafeText.Of(own.Path)}.",
                    $"forget it first: searchcluster data remove {set.Name}",
                    DataCodes.NameTaken);
            }

            return await DataFetch.RunAsync(context, set, AddressOf(parse.GetValue(_from)));
        });
        context.Output.Note($"Licence: {set.Licence}.");
        DataReport.Registered(context, data, "Fetched", set.Hint);
        return ExitCodes.Done;
    }

    // Names of files are put after the last '/', so there must be one.
    private static Uri? AddressOf(string? text) => text is null ? null
        : Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
        : throw new CliException(
            ExitCodes.WrongUsage,
            $"--from is \"{SafeText.Of(text)}\", but must be an http or https address.",
            "for example: --from http://mirror.example/mnist/",
            CommandCodes.WrongUsage);
}
