using System.Globalization;
using Microsoft.Extensions.Configuration;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Reads the options of the worker's own executable: <c>--name value</c>, or <c>SEARCHCLUSTER_NAME</c>
/// in the environment of a container.</summary>
internal static class WorkerSettings
{
    private static readonly string[] Names = ["state", "name", "slots", "device", "labels", "coordinator", "token-file", "data-cache"];

    /// <summary>Reads arguments over environment.</summary>
    /// <exception cref="WorkerOptionsException">An argument is unknown or not a number; the message has a line for each.</exception>
    public static WorkerOptions Read(string[] arguments, IConfiguration environment)
    {
        var problems = Unknown(arguments).ToList();
        var given = new ConfigurationBuilder().AddConfiguration(environment).AddCommandLine(problems.Count == 0 ? arguments : []).Build();
        var options = new WorkerOptions
        {
            StateFolder = StateFolder.Resolve(given["state"]),
            Name = given["name"],
            Slots = Number(given, "slots", problems),
            Device = given["device"] ?? "auto",
            Labels = Labels(given["labels"], problems),
            Coordinator = given["coordinator"],
            Token = Token(given["token-file"] ?? environment["token_file"], environment["token"]),
        };
        options = options with { DataCacheBytes = Size(given["data-cache"] ?? environment["data_cache"], problems) ?? options.DataCacheBytes };
        return problems.Count == 0 ? options : throw new WorkerOptionsException(string.Join(Environment.NewLine, problems));
    }

    // The secret itself comes by the environment only: a command line is seen by all users of a machine.
    private static Func<string?>? Token(string? file, string? text) => file is null && text is null
        ? null
        : () => AccessToken.TryParse(file is null ? text! : ReadToken(file), out var token)
            ? token.Value
            : throw new WorkerOptionsException($"what {(file is null ? "$SEARCHCLUSTER_TOKEN" : file)} holds is not a token.");

    private static string ReadToken(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new WorkerOptionsException($"the token file {file} cannot be read: {unreadable.Message}");
        }
    }

    private static IEnumerable<string> Unknown(string[] arguments)
    {
        if (arguments.Length % 2 != 0)
        {
            yield return $"Argument \"{arguments[^1]}\" has no value; write --name value.";
        }

        foreach (var name in arguments.Where(
            (argument, index) => index % 2 == 0 && !(argument.StartsWith("--", StringComparison.Ordinal) && Names.Contains(argument[2..]))))
        {
            yield return $"Argument \"{name}\" is not known; use {string.Join(", ", Names.Select(known => "--" + known))}.";
        }
    }

    private static int? Number(IConfiguration given, string name, List<string> problems)
    {
        if (given[name] is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        problems.Add($"--{name} is \"{text}\", but must be a whole number.");
        return null;
    }

    private static long? Size(string? text, List<string> problems)
    {
        if (text is null)
        {
            return null;
        }

        if (Sizes.TryParse(text, out var bytes))
        {
            return bytes;
        }

        problems.Add($"--data-cache is \"{text}\", but must be a size; {Sizes.Rule}.");
        return null;
    }

    // a=1,b=2
    private static ValueMap<string> Labels(string? text, List<string> problems)
    {
        var labels = ValueMap<string>.Empty;
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                problems.Add($"--labels has \"{pair}\", but must be name=value pairs with commas between.");
                continue;
            }

            labels = labels.With(pair[..equals], pair[(equals + 1)..]);
        }

        return labels;
    }
}
