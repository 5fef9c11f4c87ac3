namespace SearchCluster.Hosting;

/// <summary>The process cannot do its work as it was set up; the message tells what to change and is fit to print as it is.</summary>
public abstract class HostingException : Exception
{
    /// <summary>Tells what is wrong.</summary>
    /// <param name="message">Subject, actual value, rule, next step.</param>
    /// <param name="inner">The cause, or null.</param>
    protected HostingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
