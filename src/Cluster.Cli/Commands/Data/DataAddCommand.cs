using System.CommandLine;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Models.Data.Description;

namespace SearchCluster.Cli.Commands.Data;

/// <summary><c>data add NAME PATH</c>: registers data under a name, with their hash.</summary>
internal sealed class DataAddCommand : CliCommand
{
    private readonly Argument<string> _name = DataInputs.Name("Name for specs: registered:NAME");
    private readonly Argument<string> _path = new("PATH") { Description = "File, folder or archive; it stays where it is" };
    private readonly Option<string?> _format = DataInputs.Format();
    private readonly Option<string?> _hash = new("--sha256") { HelpName = "HASH", Description = "Refuse data with another hash" };
    private readonly Option<bool> _replace = new("--replace") { Description = "Replace the data set that has this name" };

    public DataAddCommand()
        : base(
            "add",
            "Register a file or folder under a name, with its hash; specs then say: source: registered:NAME",
            "data add houses ./houses.csv",
            "data add nuclei ./nuclei.zip --format segmentation",
            "data add houses ./houses-2.csv --replace")
    {
        Add(_name);
        Add(_path);
        Add(_format);
        Add(_hash);
        Add(_replace);
        Works = true;
        SeeAlso = ["data list", "data verify", "data describe"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var (name, path) = (DataInputs.CheckName(parse.GetRequiredValue(_name)), context.FullPath(parse.GetRequiredValue(_path)));
        var data = await DataInputs.GuardAsync(async () =>
        {
            var format = DataFormats.Parse(parse.GetValue(_format)) ?? Recognise(path, parse.GetRequiredValue(_path));
            var manifest = await DataInputs.HashAsync(context, name, path);
            var hash = manifest.HashOf(Directory.Exists(path));
            if (parse.GetValue(_hash) is { } asked && !string.Equals(asked, hash, StringComparison.OrdinalIgnoreCase))
            {
                throw new CliException(
                    ExitCodes.InvalidInput,
                    $"{SafeText.Of(path)} has SHA-256 {hash}, but --sha256 asks for {SafeText.Of(asked)}.",
                    "use the right data, or correct the hash",
                    DataCodes.OtherBytes);
            }

            RefuseAnother(context, name, path, hash, parse.GetValue(_replace));
            return context.DataRegistry.Add(name, path, manifest, format, context.Now);
        });
        DataReport.Registered(context, data, "Registered", hint: null);
        return ExitCodes.Done;
    }

    // A file that is not there is told by whoever reads it; what nothing can read is told before a search is.
    private static DataFormat? Recognise(string path, string given) => File.Exists(path) || Directory.Exists(path)
        ? DataDescriber.Recognise(path)
        : throw new CliException(
            ExitCodes.NotFound, $"{SafeText.Of(given)} is not there.", "give a file, a folder or an archive", DataCodes.CannotOpen);

    private static void RefuseAnother(CommandContext context, string name, string path, string hash, bool replaces)
    {
        if (!replaces && context.DataRegistry.Find(name) is { } there && (there.Path != path || there.Sha256 != hash))
        {
            throw new CliException(
                ExitCodes.Conflict,
                $"Data set {name} is registered already: {SafeText.Of(there.Path)}, SHA-256 {there.Sha256[..12]}….",
                "replace it with --replace, or choose another name",
                DataCodes.NameTaken);
        }
    }
}
