using System.Text;
using SearchCluster.Cli.Failures;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Invocation;

/// <summary>Reads standard input as bytes: what they mean, be it a table in gzip or a text in another encoding,
/// is told by whoever reads files too.</summary>
internal static class StandardInput
{
    /// <summary>Its name in messages.</summary>
    public const string Name = "<stdin>";

    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads all of it.</summary>
    /// <param name="context">The command.</param>
    /// <param name="what">What it is to be, for a person at a terminal.</param>
    /// <param name="most">Bytes that are never exceeded.</param>
    /// <exception cref="CliException">There is more.</exception>
    public static async Task<byte[]> ReadAsync(CommandContext context, string what, int most)
    {
        if (context.Environment.InIsTerminal)
        {
            context.Output.Note($"Reading the {what} from the terminal; end it with Ctrl-D on a line of its own, or leave with Ctrl-C.");
        }

        if (context.Environment.InBytes is not { } open)
        {
            return Encoding.UTF8.GetBytes(await UntilCancelledAsync(context.Environment.In.ReadToEnd, context.Cancellation));
        }

        // Not disposed of: a read that is left behind may still be in it.
        var stream = open();
        using var content = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await UntilCancelledAsync(() => stream.Read(chunk), context.Cancellation)) > 0;)
        {
            if (content.Length + read > most)
            {
                throw new CliException(
                    ExitCodes.InvalidInput,
                    $"standard input holds more than {Format.Mebibytes(most)}, the limit for this input.",
                    "give less of it, or a file in parts",
                    DataCodes.TooLarge);
            }

            content.Write(chunk, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>Reads from a terminal, a pipe or a disk that does not answer, which no token reaches once it waits: the read is left behind
    /// when the command ends.</summary>
    /// <param name="read">Reads; may wait for ever.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<T> UntilCancelledAsync<T>(Func<T> read, CancellationToken cancellation) =>
        Task.Run(read, CancellationToken.None).WaitAsync(cancellation);
}
