using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SearchCluster.TestKit.Security;

/// <summary>An address of this machine that is not loopback.</summary>
public static class OwnAddress
{
    /// <summary>Finds one; the test is skipped where there is none.</summary>
    public static string Require()
    {
        var found = NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        if (found is null)
        {
            Xunit.Assert.Skip("This machine has no IPv4 address besides loopback.");
        }

        return found.ToString();
    }
}
