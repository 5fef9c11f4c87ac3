using System.Text;

namespace SearchCluster.Contracts.Text;

/// <summary>Tells an exception of a stranger's code: messages and stacks are bounded apart from each other, so
/// that a huge message leaves the stack.</summary>
/// <remarks>Its members are a stranger's code as well: a message that throws is told as such.</remarks>
public static class ExceptionText
{
    private const int LongestMessage = 1_000;
    private const int LongestStack = 4_000;
    private const int MostExceptions = 5;

    /// <summary>Tells type, message and stack of an exception and of those inside it.</summary>
    /// <param name="failure">The exception.</param>
    /// <returns>Lines; the outermost exception first, at most five of them.</returns>
    public static string Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var text = new StringBuilder();
        var waiting = new Queue<Exception>([failure]);
        for (var told = 0; told < MostExceptions && waiting.TryDequeue(out var next); told++)
        {
            text
                .Append(told == 0 ? "" : "\n ---> ")
                .Append(next.GetType())
                .Append(": ")
                .Append(ForeignText.OneLine(MessageOf(next), LongestMessage))
                .Append('\n')
                .Append(StackOf(next));
            foreach (var inner in next is AggregateException { InnerExceptions: var all }
                ? all.AsEnumerable()
                : next.InnerException is { } one ? [one] : [])
            {
                waiting.Enqueue(inner);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads the message of an exception.</summary>
    /// <param name="failure">The exception.</param>
    /// <returns>Its message, or that there is none.</returns>
    public static string MessageOf(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        try
        {
            return failure.Message;
        }
#pragma warning disable CA1031 // Whatever a stranger's property throws says nothing of the failure that is to be told.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "its message cannot be read";
        }
    }

    private static string StackOf(Exception failure) => failure.StackTrace is { } stack ? ForeignText.Lines(stack, LongestStack) : "";
}
